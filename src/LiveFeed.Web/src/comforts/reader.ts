import type { ChangedDetail, TickerView } from '../ticker/ticker-view.js';
import { late } from '../late.js';
import { owedTo } from './correction.js';
import { type Left, Memory } from './memory.js';
import type { Say } from './say.js';
import { watchReading } from './seen.js';
import { slotsOf, type Standing, standing } from './slots.js';

/** Milliseconds. Who was away for less has hardly left. */
const AWAY = { reopened: 60_000, hidden: 300_000 } as const;

/** Changes are kept together, in milliseconds. */
const KEEP = 1_000;

/** What tells the reader of what they missed. It is loaded when there is something to tell. */
interface Teller {
  follow(entry: Standing, change: ChangedDetail['change']): void;
  comeBack(left: Left): Promise<void>;
}

/** Remembers what the reader of a feed has seen, tells what of it was corrected, and catches up who was away. */
export function remember(view: TickerView, say: Say): void {
  const memory = new Memory(view.feed);
  let telling: Promise<Teller> | undefined;
  let keeping: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = Infinity;

  const tell = (): Promise<Teller> => (telling ??= late(() => import('./telling.js')).then(({ Telling }) => new Telling(view, memory, say)));
  const check = (entry: Standing, change: ChangedDetail['change']): void => {
    // What waits isn't on the page yet; what was withdrawn is gone from everywhere at once.
    if (change === 'waiting' && entry.status === 'live') return;
    if (telling || owedTo(memory.seenOf(entry.id), entry)) void tell().then((it) => { it.follow(entry, change); });
  };
  const comeBack = (left: Left): void => { void tell().then((it) => it.comeBack(left)); };

  const keep = (): void => {
    clearTimeout(keeping);
    keeping = undefined;
    const { position } = view;
    if (position === null) return;
    memory.left = { position, at: Date.now(), asOf: newestTime(view) };
    memory.keep(memory.left);
  };
  const keepSoon = (): void => { keeping ??= setTimeout(keep, KEEP); };

  const opened = memory.left;
  const checkAll = (): void => { for (const slot of slotsOf(view)) check(standing(slot), 'loaded'); };
  checkAll();
  watchReading(view, memory, keepSoon);
  if (opened && Date.now() - opened.at >= AWAY.reopened) comeBack(opened);
  else keepSoon();

  view.host.addEventListener('live-feed:changed', ({ detail: { entry, change } }) => { check(entry, change); });
  view.host.addEventListener('live-feed:reset', checkAll);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      hiddenAt = Date.now();
      keep();
    } else if (Date.now() - hiddenAt >= AWAY.hidden && memory.left) comeBack(memory.left);
  });
  window.addEventListener('pagehide', keep);
}

/** The newest of the times that the entries on the page carry. */
function newestTime(view: TickerView): number {
  return Math.max(0, ...slotsOf(view).flatMap((slot) => {
    const { publishedAt, updatedAt } = standing(slot);
    return [Date.parse(publishedAt), ...(updatedAt === undefined ? [] : [Date.parse(updatedAt)])];
  }));
}
