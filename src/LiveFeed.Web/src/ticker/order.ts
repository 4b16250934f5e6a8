import type { Entry } from './entry.js';

/** What decides where an entry stands. */
export interface Place {
  readonly pinned: boolean;
  /** Milliseconds since 1970. */
  readonly published: number;
  /** Lower-case UUID. */
  readonly id: string;
}

export function placeOf(entry: Entry): Place {
  return { pinned: entry.pinned === true, published: Date.parse(entry.publishedAt), id: entry.id };
}

/** The readers' order: pinned first, then the newest, then the higher id. Negative when `a` stands above `b`. */
export function compare(a: Place, b: Place): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  if (a.published !== b.published) return b.published - a.published;
  // By code unit, as the server compares: localeCompare would differ from reader to reader.
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}
