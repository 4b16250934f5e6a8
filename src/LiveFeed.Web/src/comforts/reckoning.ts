import type { Left } from './memory.js';

/** What of an entry decides whether it is new to a reader who was away. */
export interface Happened {
  readonly id: string;
  readonly status: 'live' | 'retracted';
  readonly publishedAt: string;
  readonly updatedAt?: string;
  readonly headline?: string;
  readonly keyEvent?: boolean;
}

/** What happened while a reader was away. */
export interface CatchUp<T extends Happened> {
  /** Published since, and still standing. */
  readonly fresh: readonly T[];
  /** Published before, and changed since in a way that readers should know of. */
  readonly changed: readonly T[];
  /** The key events among the new, the newest first. */
  readonly keyEvents: readonly T[];
}

/** Reckons what happened since the reader left. Entries that are neither new nor changed may be among them. */
export function reckon<T extends Happened>(left: Left, entries: Iterable<T>): CatchUp<T> {
  const newest = new Map<string, T>();
  for (const entry of entries) newest.set(entry.id, entry);
  const all = [...newest.values()].sort((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
  const isSince = (time: string | undefined): boolean => time !== undefined && Date.parse(time) > left.asOf;
  const fresh = all.filter((entry) => isSince(entry.publishedAt) && entry.status === 'live');
  const changed = all.filter((entry) => !isSince(entry.publishedAt) && isSince(entry.updatedAt));
  return { fresh, changed, keyEvents: fresh.filter((entry) => entry.keyEvent === true) };
}
