/** In screens. */
const NEAR = 2;

/**
 * What of a list stands on the screen, or near it, above or below. To measure each of five hundred slots takes
 * longer than a frame; they stand in order, so a few tell where to begin.
 */
export function nearScreen({ children }: Element): Element[] {
  let [from, to] = [0, children.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const [at, bottom] = nextShown(children, middle, to);
    if (bottom < -NEAR * innerHeight) from = at + 1;
    else to = middle;
  }
  const near: Element[] = [];
  for (const slot of [...children].slice(from)) {
    const { top, height } = slot.getBoundingClientRect();
    if (top > (1 + NEAR) * innerHeight) break;
    if (height > 0) near.push(slot);
  }
  return near;
}

/** The first of the slots that is shown at all, from here on, and where it ends. */
function nextShown(slots: HTMLCollection, from: number, to: number): [at: number, bottom: number] {
  for (let at = from; at < to; at++) {
    const rect = slots[at]?.getBoundingClientRect();
    if (rect && rect.height > 0) return [at, rect.bottom];
  }
  return [to, Infinity];
}
