import type { Seen } from './memory.js';

/** What of an entry decides whether its readers are owed a word. */
export interface Corrected {
  readonly revision: number;
  readonly status: 'live' | 'retracted';
  readonly correction?: { readonly note: string; readonly at: string };
}

/** Why a reader is told: what they saw was corrected, or was withdrawn. */
export type Owed = 'corrected' | 'withdrawn';

/**
 * Whether who saw this revision of an entry must be told of the state it is in now. Not who never saw it, nor who saw it with
 * this very correction: later edits carry the correction on.
 */
export function owedTo(seen: Seen | undefined, entry: Corrected): Owed | undefined {
  if (!seen || seen.revision >= entry.revision) return undefined;
  if (entry.status === 'retracted') return 'withdrawn';
  return entry.correction && entry.correction.at !== seen.corrected ? 'corrected' : undefined;
}
