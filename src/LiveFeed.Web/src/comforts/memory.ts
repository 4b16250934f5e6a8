/** What a reader has seen of an entry: its revision, and the time of the correction that it carried, if any. */
export interface Seen {
  readonly revision: number;
  /** RFC 3339, as the server writes it. */
  readonly corrected?: string;
}

/** Where a reader left a feed. */
export interface Left {
  /** `epoch:seq`: what the page was up to. */
  readonly position: string;
  /** When, by the reader's clock, in milliseconds since 1970. */
  readonly at: number;
  /** The newest time that stood on the page, by the newsroom's clock: what happened since is later, however the two clocks differ. */
  readonly asOf: number;
}

/** Entries that are remembered for each feed: those seen last. */
const SEEN = 300;

/** Feeds that are remembered: those read last. */
const FEEDS = 20;

const PREFIX = 'live-feed:read:';

interface Stored {
  readonly left?: Left;
  /** The oldest first: id, revision, and the correction's time. */
  readonly seen: (readonly [id: string, revision: number, corrected?: string])[];
}

/** What this device remembers of a feed's reader, for as long as the browser keeps it. Where storage is denied it lasts as long as the page. */
export class Memory {
  /** Where the reader left when this page was opened; undefined at the first visit. */
  left: Left | undefined;
  private readonly seen: Map<string, Seen>;
  private readonly key: string;

  /** `storage` answers undefined, or throws, where it is denied. */
  constructor(
    feed: string,
    private readonly storage: () => Storage | undefined = () => localStorage,
  ) {
    this.key = PREFIX + feed;
    const { left, seen } = parse(this.attempt((store) => store.getItem(this.key)));
    this.left = left;
    this.seen = new Map(seen.map(([id, revision, corrected]) => [id, { revision, ...(corrected !== undefined && { corrected }) }]));
  }

  seenOf(id: string): Seen | undefined {
    return this.seen.get(id);
  }

  /** The entry was in view as it is said here. */
  see(id: string, seen: Seen): void {
    const before = this.seen.get(id);
    if (before && before.revision > seen.revision) return;
    // A map keeps the order of insertion: what was seen last stands last.
    this.seen.delete(id);
    this.seen.set(id, seen);
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= SEEN) break;
      this.seen.delete(oldest);
    }
  }

  /** Keeps it all; `left` is where the reader stands now. */
  keep(left: Left): void {
    const stored: Stored = { left, seen: [...this.seen].map(([id, { revision, corrected }]) => (corrected === undefined ? [id, revision] : [id, revision, corrected])) };
    this.attempt((store) => { store.setItem(this.key, JSON.stringify(stored)); });
    this.attempt(forgetOldFeeds);
  }

  /** Storage may be denied, or full: then nothing is remembered, and nothing else is different. */
  private attempt<T>(action: (storage: Storage) => T): T | undefined {
    try {
      const storage = this.storage();
      return storage && action(storage);
    } catch (error) {
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }
}

/** What another version of this script left behind, or somebody's hands, is as good as nothing. */
function parse(text: string | null | undefined): Stored {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<Stored> | null;
    return { ...(stored?.left && { left: stored.left }), seen: Array.isArray(stored?.seen) ? stored.seen : [] };
  } catch (error) {
    if (error instanceof SyntaxError) return { seen: [] };
    throw error;
  }
}

function forgetOldFeeds(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key?.startsWith(PREFIX) === true) as string[];
  const byAge = keys.map((key) => ({ key, at: parse(storage.getItem(key)).left?.at ?? 0 })).sort((a, b) => b.at - a.at);
  for (const { key } of byAge.slice(FEEDS)) storage.removeItem(key);
}
