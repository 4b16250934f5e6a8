import type { Entries } from './entries.js';
import type { EntryPage } from './entry.js';
import { parsePosition, type Position } from './position.js';
import { ask } from './reading.js';
import type { TickerView } from './ticker-view.js';

/** Where the entries that the page doesn't have yet go on. */
export interface Earlier {
  /** The cursor behind the entries here; undefined when it isn't known. */
  next: string | undefined;
  /** What the entries here are at least as new as. A page from before it may hold what was withdrawn since. */
  readonly base: Position | undefined;
}

/**
 * Puts the next earlier entries on the page, while `isWanted`; answers the first that is new. After a reset the list isn't known to
 * end where a page does: pages of what is already here are passed over.
 */
export async function loadEarlier(view: TickerView, entries: Entries, earlier: Earlier, isWanted: () => boolean): Promise<HTMLElement | undefined> {
  for (;;) {
    const page = await fetchPage(view, earlier.base, earlier.next === undefined ? {} : { before: earlier.next });
    if (!isWanted()) return undefined;
    let added: HTMLElement[] = [];
    view.calmly(() => { added = entries.add(page.entries, page.next === undefined); });
    earlier.next = page.next;
    if (added.length > 0 || page.next === undefined) return added[0];
  }
}

/** A page of the feed, or of its tag; at least as new as `base`. */
export async function fetchPage(view: TickerView, base: Position | undefined, from: Record<string, string>): Promise<EntryPage> {
  const tag = view.host.getAttribute('tag');
  const query = { limit: '20', ...from, ...(tag !== null && { tag }) };
  for (const cache of ['default', 'reload'] as const) {
    const response = await ask(view.server, view.feed, 'entries', query, { cache });
    const page = (await response.json()) as EntryPage;
    const position = parsePosition(page.position);
    // Older than what is shown, it may come from a cache on the way.
    if (position && (!base || (position.epoch === base.epoch && position.seq >= base.seq))) return page;
  }
  throw new TypeError('The page of entries is older than what is shown.');
}
