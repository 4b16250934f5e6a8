import { afterPaint } from '../dom.js';
import { isInView, MOVE, Slide } from './slide.js';

/**
 * Every change of the page goes through here: what the reader is reading stays where it is on the screen, to the pixel, and
 * what must make room slides. Only at the very top of the page, where the reader waits for news, everything slides.
 */
export class Calm {
  /** The slots that the present change has filled anew: the reader isn't led by them if there is another. */
  private readonly touched = new Set<Element>();
  private readonly slide = new Slide();
  /** Where the page is too short to be scrolled so far, the list keeps room at its ends until that is out of view. */
  private room: Animation | undefined;
  private changing = false;
  private scrolledFrom: number | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly list: HTMLElement,
    private readonly over: HTMLElement,
  ) {}

  /** True where news may come in: at the top of the page, or when the list is further down than the reader has come. */
  get isOpen(): boolean {
    return scrollY <= 0 || this.list.getBoundingClientRect().top >= innerHeight;
  }

  touch(slot: Element): void {
    this.touched.add(slot);
  }

  /** Makes the change. One within another is part of it. `follow`: the reader goes to the top, and nothing is held. */
  change(work: () => void, follow = this.isOpen): void {
    if (this.changing) {
      work();
      return;
    }
    this.changing = true;
    const painted = this.slide.stop([...this.frame(), ...this.parts()]);
    // What is hidden has a place too, in the window's corner, where nothing ever moves it.
    const places = [...this.parts()].map((part) => [part, part.getBoundingClientRect()] as const).filter(([, rect]) => rect.height > 0 && isInView(rect));
    const end = this.list.getBoundingClientRect().bottom;
    this.touched.clear();
    try {
      work();
    } finally {
      this.changing = false;
      this.keepRoom(0, 0);
      if (!follow) this.hold(places, end);
      this.slide.start([...this.frame(), ...this.parts()], painted, this.list);
    }
  }

  /** True while the page is being scrolled: what is laid out anew in the very frame that scrolls is a jump to browsers. */
  get isScrolling(): boolean {
    return this.scrolledFrom !== undefined;
  }

  /** Does this whenever the page has come to rest after a scroll. */
  atRest(work: () => void): void {
    const look = (): void => {
      if (scrollY === this.scrolledFrom) {
        this.scrolledFrom = undefined;
        work();
        return;
      }
      this.scrolledFrom = scrollY;
      afterPaint(look);
    };
    addEventListener('scroll', () => { if (!this.isScrolling) look(); }, { passive: true });
  }

  /** Gives back the room that is out of view by now. */
  settle(): void {
    if (this.room) this.change(() => undefined);
  }

  private hold(places: readonly (readonly [Element, DOMRect])[], end: number): void {
    const there = places.filter(([part]) => part.isConnected);
    const quiet = there.filter(([part]) => !this.touched.has(part));
    const [part, rect] = quiet.find(([, { top, bottom }]) => top >= 0 && bottom <= innerHeight) ?? quiet[0] ?? there[0] ?? [];
    // Of an entry that is longer than the screen and has changed, the end counts: above it may be what the reader has read.
    const byEnd = part !== undefined && rect !== undefined && this.touched.has(part) && rect.top < 0;
    if (part === undefined && end > 0) return;
    const drift = (): number =>
      !part || !rect ? this.list.getBoundingClientRect().bottom - end
      : byEnd ? part.getBoundingClientRect().bottom - rect.bottom
      : part.getBoundingClientRect().top - rect.top;
    scrollBy({ top: drift(), behavior: 'instant' });
    const rest = drift();
    if (Math.abs(rest) < MOVE) return;
    if (rest < 0) this.keepRoom(-rest, 0);
    else {
      this.keepRoom(0, Math.ceil(rest));
      scrollBy({ top: drift(), behavior: 'instant' });
    }
  }

  /** By an animation, which leaves whatever the page itself has said of the list's style as it is. */
  private keepRoom(start: number, end: number): void {
    this.room?.cancel();
    this.room = start + end > 0 ? this.list.animate({ paddingBlock: `${String(start)}px ${String(end)}px` }, { duration: 0, fill: 'forwards' }) : undefined;
  }

  /** What is moved by what stands above the list. */
  private *frame(): Generator<Element> {
    yield this.list;
    yield* this.over.children;
  }

  /** The slots, and what stands below the list and is moved by them. */
  private *parts(): Generator<Element> {
    yield* this.list.children;
    for (const from of [this.list, this.host]) {
      for (let next = from.nextElementSibling; next; next = next.nextElementSibling) yield next;
    }
  }
}
