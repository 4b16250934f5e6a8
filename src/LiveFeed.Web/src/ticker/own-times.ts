import type { TickerView } from './ticker-view.js';
import { Times } from './times.js';

/** All times as the reader's clock has them. */
export function writeTimes(view: TickerView): void {
  const times = new Times(view.list, view.language);
  times.rewrite(view.list);
  view.host.addEventListener('live-feed:changed', ({ detail: { entry } }) => {
    const slot = view.list.querySelector<HTMLElement>(`:scope > [data-id="${CSS.escape(entry.id)}"]`);
    if (slot) times.rewrite(slot);
  });
  view.host.addEventListener('live-feed:reset', () => { times.rewrite(view.list); });
}
