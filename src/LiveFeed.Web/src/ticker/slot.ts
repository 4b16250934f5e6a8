import type { Entry } from './entry.js';
import { articleOf } from './entry-html.js';
import type { Place } from './order.js';

/** The element around an entry's article. It carries what the order and the choice of the newer need, for page and element alike. */
export function makeSlot(entry: Entry, withdrawn: string): HTMLElement {
  const slot = document.createElement('div');
  slot.className = 'feed-slot';
  fillSlot(slot, entry, withdrawn);
  return slot;
}

/** Shows this state of the entry; one that was withdrawn says `withdrawn`. */
export function fillSlot(slot: HTMLElement, entry: Entry, withdrawn: string): void {
  slot.dataset['id'] = entry.id;
  slot.dataset['seq'] = String(entry.seq);
  slot.dataset['revision'] = String(entry.revision);
  slot.dataset['published'] = entry.publishedAt;
  slot.toggleAttribute('data-pinned', entry.pinned === true);
  const focused = slot.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : undefined;
  slot.replaceChildren(articleOf(entry, withdrawn));
  // Who stood on a link of the old state with the keyboard stands on the same one in the new.
  if (focused != null) [...slot.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
}

export function placeOfSlot(slot: HTMLElement): Place {
  const { id = '', published = '', pinned } = slot.dataset;
  return { pinned: pinned !== undefined, published: Date.parse(published), id };
}

export function seqOfSlot(slot: HTMLElement): number {
  return Number(slot.dataset['seq']);
}
