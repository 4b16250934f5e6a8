import { isWanted } from '../ticker/pace.js';
import type { TickerView } from '../ticker/ticker-view.js';

/** As tabs show it: "(3) Title", of what waits and of what came while nobody looked. */
export function countInTitle(view: TickerView): void {
  const { title } = document;
  let unseen = 0;
  const show = (): void => {
    const n = view.waitingCount + unseen;
    const text = n > 0 ? `(${String(n)}) ${title}` : title;
    if (document.title !== text) document.title = text;
  };
  view.host.addEventListener('live-feed:changed', ({ detail: { change, entry } }) => {
    if (document.hidden && change === 'inserted' && entry.status === 'live' && isWanted(view.pace, entry)) unseen += 1;
  });
  view.host.addEventListener('live-feed:waiting', show);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) unseen = 0;
    show();
  });
}
