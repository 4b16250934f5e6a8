import type { TickerView } from '../ticker/ticker-view.js';
import type { Corrected } from './correction.js';
import type { Happened } from './reckoning.js';

/** An entry as it stands on the page: what the comforts need to know of it, read from what readers see. */
export type Standing = Corrected & Happened;

/** The slots on the page, top down. */
export function slotsOf(view: TickerView): HTMLElement[] {
  return [...view.list.querySelectorAll<HTMLElement>(':scope > .feed-slot')];
}

export function slotOf(view: TickerView, id: string): HTMLElement | undefined {
  return view.list.querySelector<HTMLElement>(`:scope > .feed-slot[data-id="${CSS.escape(id)}"]`) ?? undefined;
}

/** Reads the entry that stands in a slot. */
export function standing(slot: HTMLElement): Standing {
  const { id = '', revision = '0', published = '' } = slot.dataset;
  const text = (selector: string): string | undefined => {
    const found = slot.querySelector(selector)?.textContent.trim();
    return found === '' ? undefined : found;
  };
  const time = (selector: string): string | undefined => slot.querySelector<HTMLTimeElement>(`${selector} time[datetime]`)?.dateTime;
  const isRetracted = slot.querySelector('.entry-retracted') !== null;
  const headline = isRetracted ? undefined : text('.entry-headline');
  const updatedAt = time(isRetracted ? '.entry-withdrawn' : '.entry-updated');
  const correctedAt = time('.entry-correction');
  const note = text(isRetracted ? '.entry-note' : '.entry-correction > bdi');
  return {
    id,
    revision: Number(revision),
    status: isRetracted ? 'retracted' : 'live',
    publishedAt: published,
    keyEvent: slot.querySelector('.entry-key-event') !== null,
    ...(updatedAt !== undefined && { updatedAt }),
    ...(headline !== undefined && { headline }),
    ...(note !== undefined && { correction: { note, at: correctedAt ?? updatedAt ?? '' } }),
  };
}

/** The address of an entry's own page. */
export function addressOf(view: TickerView, id: string): string {
  return new URL(`/${encodeURIComponent(view.feed)}/${encodeURIComponent(id)}`, view.server).href;
}

/**
 * A link to an entry: to where it stands on the page, when it does at the time of the click, else to its own page. The focus goes
 * along, so that who reads by ear or by keyboard goes on there.
 */
export function linkTo(view: TickerView, id: string, text: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = addressOf(view, id);
  link.dir = 'auto';
  link.textContent = text;
  link.addEventListener('click', (event) => { if (isPlain(event) && goTo(view, id)) event.preventDefault(); });
  return link;
}

/** A click that asks for no other tab or window. */
export function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
}

/** Goes to an entry on the page; false when it isn't there, or isn't shown. */
export function goTo(view: TickerView, id: string): boolean {
  const slot = slotOf(view, id);
  if (!slot || slot.getClientRects().length === 0) return false;
  const article = slot.querySelector<HTMLElement>('article') ?? slot;
  slot.scrollIntoView({ block: 'start', behavior: 'instant' });
  article.focus({ preventScroll: true });
  return true;
}
