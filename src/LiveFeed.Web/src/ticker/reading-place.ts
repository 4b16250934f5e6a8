/**
 * Makes a change to the list and keeps what is being read where it is on the screen. Browsers do so by themselves (CSS scroll
 * anchoring) unless they don't know how, or the very node that they held on to is replaced: `replacesAll` says that it will be.
 */
export function keepReadingPlace(list: HTMLElement, change: () => void, replacesAll = false): void {
  const byBrowser = CSS.supports('overflow-anchor', 'auto') && !replacesAll;
  const read = byBrowser || list.getBoundingClientRect().top >= 0 ? undefined : topmost(list);
  const before = read?.getBoundingClientRect().top;
  change();
  if (!read || before === undefined) return;
  const after = find(list, read.dataset['id'])?.getBoundingClientRect().top;
  if (after !== undefined) window.scrollBy({ top: after - before, behavior: 'instant' });
}

function topmost(list: HTMLElement): HTMLElement | undefined {
  return slots(list).find((slot) => slot.getBoundingClientRect().bottom > 0);
}

function find(list: HTMLElement, id: string | undefined): HTMLElement | undefined {
  return slots(list).find((slot) => slot.dataset['id'] === id);
}

function slots(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > .feed-slot')];
}
