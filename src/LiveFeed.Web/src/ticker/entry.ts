/** The fields of an entry that the ticker reads; the server sends more. Absent means absent, never null. */
export interface Entry {
  readonly id: string;
  readonly feed: string;
  /** The place of the entry's newest change in its feed's log. Of two states the one with the higher seq is the truth. */
  readonly seq: number;
  readonly revision: number;
  readonly status: 'live' | 'retracted';
  /** The whole entry as HTML that the server has sanitised; absent when retracted. */
  readonly html?: string;
  readonly headline?: string;
  readonly kind?: string;
  readonly tags?: readonly string[];
  readonly pinned?: boolean;
  readonly keyEvent?: boolean;
  readonly publishedAt: string;
  readonly updatedAt?: string;
  readonly correction?: { readonly note: string; readonly at: string };
}

/** The hub's answer to `Follow`. */
export interface Followed {
  readonly feed: string;
  readonly position: string;
  /** True: forget all that was held, these are the newest. False: these are all that changed, oldest change first. */
  readonly reset: boolean;
  readonly entries: readonly Entry[];
}

/** A list of entries, as the JSON API answers it. */
export interface EntryPage {
  readonly feed: string;
  readonly position: string;
  readonly entries: readonly Entry[];
  /** The cursor for what follows; absent at the feed's first entry. */
  readonly next?: string;
  /** The cursor for what stands above; absent at the feed's newest entry. */
  readonly previous?: string;
}
