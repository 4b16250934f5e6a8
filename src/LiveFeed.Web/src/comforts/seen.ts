import type { TickerView } from '../ticker/ticker-view.js';
import type { Memory } from './memory.js';
import { slotOf, slotsOf, standing } from './slots.js';

/** An entry that is in view for less, in milliseconds, is passed by, not read. */
const READ = 1_000;

/** Whether an entry is really in view: half of it, or it fills half of the window. */
function isInView({ isIntersecting, intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry): boolean {
  return isIntersecting && (intersectionRatio >= 0.5 || (rootBounds !== null && intersectionRect.height >= rootBounds.height / 2));
}

/** Notes in the memory which states of which entries the reader has had in view. `noted` is called after each. */
export function watchReading(view: TickerView, memory: Memory, noted: () => void): void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const note = (id: string): void => {
    const slot = slotOf(view, id);
    if (!slot || document.visibilityState !== 'visible') return;
    const { revision, correction } = standing(slot);
    memory.see(id, { revision, ...(correction && { corrected: correction.at }) });
    noted();
  };
  const begin = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => { note(id); }, READ));
  };
  const end = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
  };

  const observer = new IntersectionObserver((changes) => {
    for (const change of changes) {
      const { id = '' } = (change.target as HTMLElement).dataset;
      if (isInView(change)) {
        if (!timers.has(id)) begin(id);
      } else end(id);
    }
  }, { threshold: [0, 0.1, 0.25, 0.5, 0.75] });

  const watched = new WeakSet<HTMLElement>();
  const watch = (slot: HTMLElement | undefined): void => {
    if (!slot || watched.has(slot)) return;
    watched.add(slot);
    observer.observe(slot);
  };
  slotsOf(view).forEach(watch);
  view.host.addEventListener('live-feed:changed', ({ detail: { entry } }) => {
    watch(slotOf(view, entry.id));
    // What changes in view is read anew.
    if (timers.has(entry.id)) begin(entry.id);
  });
  view.host.addEventListener('live-feed:reset', () => { slotsOf(view).forEach(watch); });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') for (const id of timers.keys()) begin(id);
  });
}
