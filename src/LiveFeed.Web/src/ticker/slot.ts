import type { Entry } from './entry.js';
import { articleOf } from './entry-html.js';
import type { Place } from './order.js';
import { nameArticle } from './skeleton.js';

/** The element around an entry's article. It carries what the order and the choice of the newer need, for page and element alike. */
export function makeSlot(entry: Entry, withdrawn: string): HTMLElement {
  const slot = document.createElement('div');
  slot.className = 'feed-slot';
  fillSlot(slot, entry, withdrawn);
  return slot;
}

/** Shows this state of the entry; one that was withdrawn says `withdrawn`. */
export function fillSlot(slot: HTMLElement, entry: Entry, withdrawn: string): void {
  Object.assign(slot.dataset, { id: entry.id, seq: entry.seq, revision: entry.revision, published: entry.publishedAt });
  slot.toggleAttribute('data-pinned', entry.pinned === true);
  const { activeElement } = document;
  const focused = slot.contains(activeElement) ? activeElement : undefined;
  const article = articleOf(entry, withdrawn);
  slot.replaceChildren(article);
  nameArticle(article);
  if (!focused) return;
  // Who stood on a link of the old state with the keyboard stands on the same one in the new; or at least on the entry.
  const href = focused.getAttribute('href');
  const same = href === null ? undefined : [...slot.querySelectorAll('a')].find((link) => link.getAttribute('href') === href);
  (same ?? (article as HTMLElement)).focus({ preventScroll: true });
}

export function placeOfSlot(slot: HTMLElement): Place {
  const { id = '', published = '', pinned } = slot.dataset;
  return { pinned: pinned !== undefined, published: Date.parse(published), id };
}

export function seqOfSlot(slot: HTMLElement): number {
  return Number(slot.dataset['seq']);
}
