import type { Entry } from '../ticker/entry.js';
import { compare, placeOf } from '../ticker/order.js';
import { afterPaint, make } from '../dom.js';
import type { Choice } from './choice.js';
import { widgetArticle } from './markup.js';

/** How long what makes room slides, in milliseconds. */
const SLIDE = 250;

/** Until it begins to, in milliseconds. */
const FRAMES = 100;

/** As many entries are known at most, of which the first are shown. */
const MOST = 100;

/** The entries in a widget's box: the first of the feed in the readers' order, each at the newest state that came. */
export class Shelf {
  private readonly states = new Map<string, Entry>();
  /** The lowest entry up to which all are known; undefined when that is the feed's first. */
  private border: Entry | undefined;

  constructor(private readonly list: HTMLElement, private readonly choice: Choice, private readonly withdrawn: string) {}

  /** True when not everything of the feed belongs here. */
  get isPart(): boolean {
    return this.choice.keyEvents || this.choice.tag !== null;
  }

  reset(entries: readonly Entry[]): void {
    this.states.clear();
    this.border = undefined;
    entries.forEach((entry) => {
      this.apply(entry);
      if (entries.length >= this.choice.count && entry.pinned !== true) this.border = entry;
    });
  }

  apply(entry: Entry): void {
    const { keyEvents, tag, entry: only } = this.choice;
    // What was withdrawn bears no tag any more, and stays where it stood.
    const isWanted = (only ?? entry.id) === entry.id && (entry.status === 'retracted' ? !this.isPart || this.states.has(entry.id)
      : (!keyEvents || entry.keyEvent === true) && (tag === null || entry.tags?.includes(tag) === true));
    if (isWanted) this.states.set(entry.id, entry);
    else this.states.delete(entry.id);
  }

  /**
   * Makes a change; what is being read stays where it is, and what must make room slides. For as many milliseconds as it answers
   * nothing may change again: browsers would take it for a jump.
   */
  change(work: () => void): number {
    const { list } = this;
    const seen = new Map(this.children.map((slot) => [slot, topOf(slot)]));
    const anchor = list.scrollTop > 0 && [...seen].find(([, top]) => top >= topOf(list))?.[0];
    work();
    this.show();
    if (anchor && anchor.isConnected) list.scrollTop += topOf(anchor) - (seen.get(anchor) ?? 0);
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : SLIDE;
    // All are measured before the first moves. For a frame its style alone holds each where it was seen.
    this.children.map((slot) => [slot, (seen.get(slot) ?? NaN) - topOf(slot)] as const).forEach(([slot, way]) => {
      if (!way) return;
      const transform = slot.style.transform = `translateY(${String(way)}px)`;
      afterPaint(() => {
        slot.style.transform = '';
        slot.animate({ transform: [transform, 'none'] }, duration);
      });
    });
    return duration + FRAMES;
  }

  private get children(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  /** Brings the list to what is known now. */
  private show(): void {
    const { list, choice, border } = this;
    const known = [...this.states.values()]
      .filter((entry) => !border || entry.pinned === true || compare(placeOf(entry), placeOf(border)) <= 0)
      .sort((a, b) => compare(placeOf(a), placeOf(b)));
    known.splice(MOST).forEach(({ id }) => this.states.delete(id));
    const shown = known.slice(0, choice.count);
    const gone = new Map(this.children.map((slot) => [slot.id, slot]));
    shown.forEach((entry, index) => {
      const { id, seq } = entry;
      const slot = gone.get(id) ?? make('div', { className: 'slot' });
      gone.delete(id);
      if (slot.dataset['seq'] !== String(seq)) {
        slot.id = id;
        slot.dataset['seq'] = String(seq);
        slot.replaceChildren(widgetArticle(entry, choice.server, this.withdrawn));
      }
      if (list.children[index] !== slot) list.insertBefore(slot, list.children[index] ?? null);
    });
    if (shown.length > 0) gone.forEach((slot) => { slot.remove(); });
  }
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
