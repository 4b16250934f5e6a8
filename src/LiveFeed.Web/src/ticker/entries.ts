import type { Entry } from './entry.js';
import { compare, type Place, placeOf } from './order.js';
import { fillSlot, makeSlot, placeOfSlot, seqOfSlot } from './slot.js';
import type { Change } from './ticker-view.js';

/** As many slots stand on the page at most, and as many entries wait. */
export const MOST = 500;

/** What became of an entry. */
export type Outcome = Change | 'old';

export interface EntriesEvents {
  /** What was done to a slot in the document, and the state of the entry that stands in it now. */
  changed(slot: HTMLElement, change: Change, entry: Entry): void;
  /** Whether a state may be shown now, of an entry that is on the page or not; else it waits for `release`. */
  mayShow(entry: Entry, isThere: boolean): boolean;
}

/**
 * The list of entries in the document. It shows each entry once, at the newest state that was ever offered, in the readers'
 * order; an older state is never shown again, from whichever path it comes.
 */
export class Entries {
  private readonly slots = new Map<string, { slot: HTMLElement; place: Place }>();
  private readonly seqs = new Map<string, number>();
  /** The newest states of entries beyond the borders: what Show more loads may be older than these. */
  private readonly held = new Map<string, Entry>();
  /** The newest states of what waits for the reader. */
  readonly waiting = new Map<string, Entry>();
  /** More came than can wait: the rest is to be asked for anew. */
  overflown = false;
  /** The last place of the unpinned entries that have been loaded; undefined when everything has. */
  private border: Place | undefined;
  /** The first place of the unpinned entries, where the page begins further down than the feed does. */
  private top: Place | undefined;

  /** Takes over the slots that the server rendered. `whole`: they are the feed down to its first entry. `isTop`: and up to its newest. */
  constructor(
    private readonly root: HTMLElement,
    private readonly events: EntriesEvents,
    whole: boolean,
    private readonly withdrawn: string,
    isTop = true,
  ) {
    for (const slot of root.querySelectorAll<HTMLElement>(':scope > .feed-slot')) {
      const place = placeOfSlot(slot);
      this.slots.set(place.id, { slot, place });
      this.seqs.set(place.id, seqOfSlot(slot));
    }
    this.setBorder(whole, this.places());
    if (!isTop) this.top = unpinned(this.places())[0];
  }

  /** True when the feed's first entry may not be here yet. */
  get hasMore(): boolean {
    return this.border !== undefined;
  }

  /** The seq of the state of an entry that stands on the page. */
  seqOf(id: string): number | undefined {
    const there = this.slots.get(id);
    return there && seqOfSlot(there.slot);
  }

  /** Forgets all and shows these. `whole`: they are the feed down to its first entry. */
  reset(entries: readonly Entry[], whole: boolean): void {
    const ids = new Set(entries.map((entry) => entry.id));
    for (const id of this.slots.keys()) {
      if (!ids.has(id)) this.take(id);
    }
    this.seqs.clear();
    this.held.clear();
    this.waiting.clear();
    this.overflown = false;
    this.border = this.top = undefined;
    for (const entry of entries) this.apply(entry, 'loaded');
    this.setBorder(whole, entries.map(placeOf));
  }

  /** Shows a state of an entry, if it is newer than what was offered before and may be shown. */
  apply(entry: Entry, as: 'inserted' | 'loaded' = 'inserted'): Outcome {
    const { id } = entry;
    if ((this.seqs.get(id) ?? 0) >= entry.seq) return 'old';
    this.seqs.set(id, entry.seq);
    this.waiting.delete(id);
    const there = this.slots.has(id);
    if (as === 'inserted' && (there || !this.isBeyond(placeOf(entry))) && !this.events.mayShow(entry, there)) {
      this.waiting.set(id, entry);
      if (this.waiting.size > MOST) {
        const [first = id] = this.waiting.keys();
        this.waiting.delete(first);
        this.overflown = true;
      }
      return 'waiting';
    }
    return this.place(entry, as);
  }

  /** What doesn't belong here any more goes without a word. */
  drop(id: string): void {
    this.waiting.delete(id);
    this.take(id);
  }

  /** Shows all that waits; the slots that are new, top down. */
  release(): HTMLElement[] {
    const before = this.all();
    const released = [...this.waiting.values()];
    this.waiting.clear();
    for (const entry of released) this.place(entry, 'inserted');
    return this.newSince(before);
  }

  /**
   * Adds a page of earlier entries, or of those `above`. `whole`: it reaches the feed's first entry, or its newest. Answers the
   * slots that are new, top down.
   */
  add(page: readonly Entry[], whole: boolean, above = false): HTMLElement[] {
    const before = this.all();
    const places = page.map(placeOf);
    if (above) this.top = whole ? undefined : (unpinned(places)[0] ?? this.top);
    else this.border = whole ? undefined : lowest([...places, ...(this.border ? [this.border] : [])], undefined);
    for (const entry of page) this.apply(entry, 'loaded');
    for (const entry of this.held.values()) {
      if (!this.isBeyond(placeOf(entry))) this.show(entry, placeOf(entry), 'loaded');
    }
    return this.newSince(before);
  }

  /** Takes the lowest slots away, so that no more than MOST are left; Show more brings them back. True when there were too many. */
  cut(mayGo: (slot: HTMLElement) => boolean): boolean {
    const before = this.slots.size;
    while (this.slots.size > MOST) {
      const last = this.root.lastElementChild as HTMLElement;
      const id = last.dataset['id'] ?? '';
      const place = this.slots.get(id)?.place;
      if (place?.pinned !== false || !mayGo(last)) break;
      this.take(id);
      // What is loaded later comes from a page that is no older than what was held here.
      this.seqs.delete(id);
    }
    if (this.slots.size === before) return false;
    this.setBorder(false, this.places());
    return true;
  }

  private place(entry: Entry, as: 'inserted' | 'loaded'): Change {
    const place = placeOf(entry);
    if (!this.isBeyond(place)) return this.show(entry, place, as);
    // Unpinned, an entry may fall out of what is shown.
    this.take(entry.id);
    this.held.set(entry.id, entry);
    return 'below';
  }

  private show(entry: Entry, place: Place, as: 'inserted' | 'loaded'): Change {
    const { id } = entry;
    this.held.delete(id);
    const there = this.slots.get(id);
    if (there && compare(there.place, place) === 0) {
      fillSlot(there.slot, entry, this.withdrawn);
      this.events.changed(there.slot, 'replaced', entry);
      return 'replaced';
    }
    const slot = makeSlot(entry, this.withdrawn);
    // Elsewhere, it is another slot: the old one doesn't fly over the page.
    const hadFocus = there?.slot.contains(document.activeElement);
    this.take(id);
    this.slots.set(id, { slot, place });
    this.root.insertBefore(slot, this.firstBelow(place));
    if (hadFocus) (slot.firstElementChild as HTMLElement).focus({ preventScroll: true });
    const change = there ? 'replaced' : as;
    this.events.changed(slot, change, entry);
    return change;
  }

  /** Takes an entry's slot off the page, if it has one. */
  private take(id: string): void {
    this.slots.get(id)?.slot.remove();
    this.slots.delete(id);
  }

  private firstBelow(place: Place): Element | null {
    for (const other of this.root.children) {
      const there = this.slots.get((other as HTMLElement).dataset['id'] ?? '');
      if (there?.slot === other && compare(place, there.place) < 0) return other;
    }
    return null;
  }

  /** Below the last entry here, or above the first; a pinned one is never above. */
  private isBeyond(place: Place): boolean {
    return (this.border !== undefined && compare(place, this.border) > 0) || (this.top !== undefined && !place.pinned && compare(place, this.top) < 0);
  }

  private setBorder(whole: boolean, places: readonly Place[]): void {
    // A page of nothing but pinned entries: what is new from now on is shown, all before it comes with Show more.
    this.border = whole ? undefined : lowest(places, { pinned: false, published: Date.now(), id: '' });
  }

  private places(): Place[] {
    return [...this.slots.values()].map(({ place }) => place);
  }

  private all(): Set<Element> {
    return new Set(this.root.children);
  }

  private newSince(before: ReadonlySet<Element>): HTMLElement[] {
    return [...this.root.children].filter((slot) => !before.has(slot)) as HTMLElement[];
  }
}

/** The last of the unpinned places in the readers' order; pinned entries say nothing of how far down the list goes. */
function lowest(places: readonly Place[], otherwise: Place | undefined): Place | undefined {
  return unpinned(places).at(-1) ?? otherwise;
}

function unpinned(places: readonly Place[]): Place[] {
  return places.filter((place) => !place.pinned).sort(compare);
}
