import type { Entry } from './entry.js';
import type { Pace } from './pace.js';
import type { Text, Words } from './words.js';

/**
 * What became of an entry in the document: it is news, it is a change, or it came with others that the page loaded or that had
 * waited; it is `waiting` for the reader to ask for it, or lies beyond what has been loaded, mostly `below`.
 */
export type Change = 'inserted' | 'replaced' | 'loaded' | 'waiting' | 'below';

/** `live-feed:changed` (bubbles from the element): a newer state of an entry came. */
export interface ChangedDetail {
  readonly entry: Entry;
  readonly change: Change;
  /** The seq of the state that stood on the page before, if any did. */
  readonly seenSeq?: number;
}

/** Events without a detail: `live-feed:reset`, everything was set anew; `live-feed:waiting`, another number of updates waits, or the pace is another. */

/** What the element gives to the rest of its page, with the event `live-feed:ready` (bubbles). */
export interface TickerView {
  readonly host: HTMLElement;
  readonly feed: string;
  readonly server: URL;
  /** The element around the slots, in the readers' order. */
  readonly list: HTMLElement;
  /** Above the list, and in view wherever the reader is in it. */
  readonly over: HTMLElement;
  /** The page's language as the reader knows it, for Intl. */
  readonly language: string | undefined;
  readonly words: Words['comforts'];
  /** What the page is up to, `epoch:seq`; null when nothing was seen yet. */
  readonly position: string | null;
  /** True when the reader wants breaking news told at once, in the middle of anything. */
  assertive: boolean;
  /** True when the page writes the times of entries itself. */
  writesTimes: boolean;
  /** What the reader wants to see, and when. */
  pace: Pace;
  /** How many updates wait for the reader. */
  readonly waitingCount: number;
  /** False when the feed's first entry is on the page. */
  readonly hasMore: boolean;
  /** A text of `words` with its places filled in. */
  fill(text: Text, values?: Readonly<Record<string, string | number>>): string;
  /** Makes a change to the page; nothing that is being read moves by it, but at the top of the page, where news may come in and `mayFollow`. */
  calmly(change: () => void, mayFollow?: boolean): void;
  /** Says something to those who don't see the page; `assertive`: in the middle of anything else. */
  announce(text: string, assertive?: boolean): void;
  /** Shows what waits, at the top of the list. */
  showWaiting(): void;
  /** Puts the next earlier entries on the page; answers the first that is new. */
  loadEarlier(): Promise<HTMLElement | undefined>;
}

declare global {
  interface HTMLElementEventMap {
    'live-feed:ready': CustomEvent<TickerView>;
    'live-feed:changed': CustomEvent<ChangedDetail>;
    'live-feed:reset': CustomEvent<undefined>;
    'live-feed:waiting': CustomEvent<undefined>;
  }
  interface DocumentEventMap {
    'live-feed:ready': CustomEvent<TickerView>;
    'live-feed:changed': CustomEvent<ChangedDetail>;
    'live-feed:reset': CustomEvent<undefined>;
  }
}

/** Tells the page of one of the element's events. */
export function tell<K extends 'ready' | 'changed' | 'reset' | 'waiting'>(host: HTMLElement, what: K, detail?: HTMLElementEventMap[`live-feed:${K}`]['detail']): void {
  host.dispatchEvent(new CustomEvent(`live-feed:${what}`, { bubbles: true, detail }));
}
