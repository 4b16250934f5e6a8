import { make } from '../dom.js';
import { fetchPage } from './earlier.js';
import type { Entries } from './entries.js';
import { parsePosition } from './position.js';
import type { TickerView } from './ticker-view.js';
import type { Words } from './words.js';

/**
 * Where the page begins further down than the feed does, the link to what stands above brings it onto the page, until the newest
 * is here. What is being read stays where it is.
 */
export function offerNewer(view: TickerView, entries: Entries, place: HTMLElement, words: Words['ticker']): void {
  const base = parsePosition(view.host.getAttribute('position'));
  const note = make('span', { role: 'status' });
  let after = view.host.getAttribute('newer');
  place.append(note);

  const load = async (): Promise<void> => {
    if (place.ariaBusy === 'true' || after === null) return;
    place.ariaBusy = 'true';
    note.textContent = words.loading;
    try {
      const page = await fetchPage(view, base, { after });
      // All was set anew meanwhile, from the newest on.
      if (!place.isConnected) return;
      after = page.previous ?? null;
      const hadFocus = place.contains(document.activeElement);
      let added: HTMLElement[] = [];
      view.calmly(() => {
        note.textContent = '';
        added = entries.add(page.entries, after === null, true);
        if (after === null) place.remove();
      }, false);
      // With the last page the link goes; whoever used it with the keyboard goes on reading upward from where they were.
      if (after === null && hadFocus) (added.at(-1)?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
    } catch (error) {
      note.textContent = words.moreFailed;
      if (!(error instanceof TypeError)) reportError(error);
    } finally {
      place.ariaBusy = null;
    }
  };
  place.querySelector('a')?.addEventListener('click', (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void load();
  });
}
