import type { TickerView } from '../ticker/ticker-view.js';
import { button } from '../dom.js';
import { late } from '../late.js';
import { slotOf, slotsOf, standing } from './slots.js';
import type { Say } from './say.js';

/** Gives each entry a button to share it. Its room is there before it is, in the style sheet. */
export function offerSharing(view: TickerView, say: Say): void {
  const give = (slot: HTMLElement | undefined): void => {
    const header = slot?.querySelector('.entry-header');
    if (!slot || !header || header.querySelector('.entry-share')) return;
    const { id, headline } = standing(slot);
    const made = button(say('share'), () => void late(() => import('./sharing.js')).then(({ share }) => share(view, say, made, id, headline)), 'entry-share');
    // Its name begins with what stands on it (WCAG 2.5.3), and says which of many it is.
    if (headline !== undefined) made.ariaLabel = `${say('share')}: ${headline}`;
    header.append(made);
  };
  slotsOf(view).forEach(give);
  view.host.addEventListener('live-feed:changed', ({ detail: { entry } }) => { give(slotOf(view, entry.id)); });
  view.host.addEventListener('live-feed:reset', () => { slotsOf(view).forEach(give); });
}
