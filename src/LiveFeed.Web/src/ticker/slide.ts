/** How long what makes room slides, in milliseconds. */
const DURATION = 250;

/** A move of less, in pixels, isn't seen: browsers scroll by whole ones. */
export const MOVE = 1;

/**
 * Lets what stands elsewhere after a change slide there from where it was seen last. For one frame it is held there by its style
 * alone: a browser takes it for a jump when something is laid out anew in the middle of an animation.
 */
export class Slide {
  private readonly moving = new Map<Element, Animation>();
  private readonly held = new Set<HTMLElement>();
  private readonly reduced = matchMedia('(prefers-reduced-motion: reduce)');
  private frame = 0;
  private scrolledTo = 0;

  /** Ends all slides; where each of these was seen last. */
  stop(parts: readonly Element[]): Map<Element, DOMRect> {
    const seen = rectsOf(parts);
    cancelAnimationFrame(this.frame);
    this.moving.forEach((animation) => { animation.cancel(); });
    this.moving.clear();
    this.release();
    this.scrolledTo = scrollY;
    return seen;
  }

  /** Moves these from where they were seen to where they stand; what is new in `list` fades in. */
  start(parts: readonly Element[], seen: ReadonlyMap<Element, DOMRect>, list: Element): void {
    const scrolled = scrollY - this.scrolledTo;
    // Where the page is scrolled instead, the list as a whole stays behind what holds still in it.
    const led = scrolled === 0 ? (seen.get(list)?.top ?? 0) - list.getBoundingClientRect().top : 0;
    const ways = new Map<HTMLElement, string>();
    // All are measured before the first moves, or each would cost a layout.
    for (const [part, rect] of rectsOf(parts)) {
      const before = seen.get(part);
      if (part === list && led === 0) continue;
      const way = before ? before.top - rect.top - (part.parentElement === list ? led : 0) : 0;
      if (!before) {
        if (isInView(rect) && part.parentElement === list) part.animate({ opacity: [0, 1] }, this.duration);
      } else if (Math.abs(way) >= MOVE && (isInView(before) || isInView(rect) || isInView(before, scrolled)) && part instanceof HTMLElement) {
        ways.set(part, `translateY(${String(way)}px)`);
      }
    }
    if (ways.size === 0) return;
    for (const [part, transform] of ways) {
      part.style.transform = transform;
      this.held.add(part);
    }
    const slide = (): void => {
      this.release();
      for (const [part, transform] of ways) this.moving.set(part, part.animate({ transform: [transform, 'none'] }, { duration: this.duration, easing: 'ease-out' }));
    };
    this.frame = requestAnimationFrame(() => { this.frame = requestAnimationFrame(slide); });
  }

  private release(): void {
    for (const part of this.held) {
      part.style.removeProperty('transform');
      if (part.getAttribute('style') === '') part.removeAttribute('style');
    }
    this.held.clear();
  }

  private get duration(): number {
    return this.reduced.matches ? 1 : DURATION;
  }
}

function rectsOf(parts: readonly Element[]): Map<Element, DOMRect> {
  return new Map(parts.map((part) => [part, part.getBoundingClientRect()]));
}

/** What hangs out of a box, in pixels: the feet of letters, the ring around what has the focus. */
const OVERHANG = 8;

/** `scrolled`: whether it would be, if nothing but the scroll had moved it. Browsers ask that before they call something a jump. */
export function isInView({ top, bottom }: DOMRect, scrolled = 0): boolean {
  return bottom - scrolled > -OVERHANG && top - scrolled < innerHeight + OVERHANG;
}
