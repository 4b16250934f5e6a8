import { button } from '../dom.js';
import type { TickerView } from './ticker-view.js';
import type { Words } from './words.js';

/**
 * Puts the Show more button into the place of the link that works without script. It goes back to the feed's first entry, page
 * by page.
 */
export function offerMore(view: TickerView, place: HTMLElement, words: Words['ticker']): void {
  const note = document.createElement('span');
  note.setAttribute('role', 'status');
  const show = (): void => { place.hidden = !view.hasMore; };

  const load = async (): Promise<void> => {
    if (place.ariaBusy === 'true') return;
    place.ariaBusy = 'true';
    note.textContent = words.loading;
    try {
      const first = await view.loadEarlier();
      note.textContent = '';
      show();
      // With the last page the button goes; whoever used it with the keyboard goes on reading where it stood.
      if (place.hidden) (first?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
    } catch (error) {
      note.textContent = words.moreFailed;
      if (!(error instanceof TypeError)) reportError(error);
    } finally {
      place.ariaBusy = null;
    }
  };

  place.replaceChildren(button(words.more, () => void load()), note);
  view.host.addEventListener('live-feed:waiting', show);
  show();
}
