import { isWanted } from '../ticker/pace.js';
import type { TickerView } from '../ticker/ticker-view.js';

/** As tabs show it: "(3) Title", of what waits and of what came while nobody looked. */
export function countInTitle(view: TickerView): void {
  const { title } = document;
  const unseen = new Set<string>();
  const show = (): void => {
    const n = view.waitingCount + unseen.size;
    const text = n > 0 ? `(${String(n)}) ${title}` : title;
    if (document.title !== text) document.title = text;
  };
  view.host.addEventListener('live-feed:changed', ({ detail: { change, entry } }) => {
    if (entry.status === 'retracted') unseen.delete(entry.id);
    else if (document.hidden && change === 'inserted' && isWanted(view.pace, entry)) unseen.add(entry.id);
  });
  view.host.addEventListener('live-feed:waiting', show);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) unseen.clear();
    show();
  });
}
