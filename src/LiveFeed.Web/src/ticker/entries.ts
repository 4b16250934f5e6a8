import type { Entry } from './entry.js';
import { compare, type Place, placeOf } from './order.js';
import { fillSlot, makeSlot, placeOfSlot, seqOfSlot } from './slot.js';
import type { Change } from './ticker-view.js';

/** The server answers a reset with its newest 20: as many, and there may be more; fewer, and that was the feed. */
const RESET_SIZE = 20;

/** What became of an entry. */
export type Outcome = Change | 'old';

/**
 * The list of entries in the document. It shows each entry once, at the newest state that was ever offered, in the readers'
 * order; an older state is never shown again, from whichever path it comes.
 */
export class Entries {
  private readonly slots = new Map<string, HTMLElement>();
  private readonly seqs = new Map<string, number>();
  /** The newest states of entries below the border: what Show more loads may be older than these. */
  private readonly held = new Map<string, Entry>();
  /** The last place of the unpinned entries that have been loaded; undefined when everything has. */
  private border: Place | undefined;

  /** Takes over the slots that the server rendered. `whole`: they are the feed down to its first entry. */
  constructor(
    private readonly root: HTMLElement,
    private readonly changed: (slot: HTMLElement, change: Change) => void,
    whole: boolean,
    private readonly withdrawn: string,
  ) {
    for (const slot of root.querySelectorAll<HTMLElement>(':scope > .feed-slot')) {
      const { id } = placeOfSlot(slot);
      this.slots.set(id, slot);
      this.seqs.set(id, seqOfSlot(slot));
    }
    this.setBorder(whole, [...this.slots.values()].map(placeOfSlot));
  }

  /** True when the feed's first entry may not be here yet. */
  get hasMore(): boolean {
    return this.border !== undefined;
  }

  /** The seq of the state of an entry that is held, if any is. */
  seqOf(id: string): number | undefined {
    return this.seqs.get(id);
  }

  /** Forgets all and shows these. */
  reset(entries: readonly Entry[]): void {
    this.slots.clear();
    this.seqs.clear();
    this.held.clear();
    this.border = undefined;
    this.root.replaceChildren();
    for (const entry of entries) this.apply(entry, 'loaded');
    this.setBorder(entries.length < RESET_SIZE, entries.map(placeOf));
  }

  /** Shows a state of an entry, if it is newer than what was offered before. */
  apply(entry: Entry, as: 'inserted' | 'loaded' = 'inserted'): Outcome {
    if ((this.seqs.get(entry.id) ?? 0) >= entry.seq) return 'old';
    this.seqs.set(entry.id, entry.seq);
    const place = placeOf(entry);
    if (this.isBelow(place)) {
      // Unpinned, an entry may fall out of what is shown.
      this.slots.get(entry.id)?.remove();
      this.slots.delete(entry.id);
      this.held.set(entry.id, entry);
      return 'below';
    }
    return this.show(entry, place, as);
  }

  /** Adds a page of earlier entries. `whole`: it reaches the feed's first entry. Answers the slots that are new, top down. */
  append(page: readonly Entry[], whole: boolean): HTMLElement[] {
    const before = new Set(this.slots.values());
    this.border = whole ? undefined : lowest([...page.map(placeOf), ...(this.border ? [this.border] : [])], undefined);
    for (const entry of page) this.apply(entry, 'loaded');
    for (const entry of this.held.values()) {
      if (!this.isBelow(placeOf(entry))) this.show(entry, placeOf(entry), 'loaded');
    }
    return [...this.root.querySelectorAll<HTMLElement>(':scope > .feed-slot')].filter((slot) => !before.has(slot));
  }

  private show(entry: Entry, place: Place, as: 'inserted' | 'loaded'): Change {
    this.held.delete(entry.id);
    const slot = this.slots.get(entry.id);
    if (slot) {
      const stays = compare(placeOfSlot(slot), place) === 0;
      fillSlot(slot, entry, this.withdrawn);
      if (!stays) this.insert(slot, place);
      this.changed(slot, 'replaced');
      return 'replaced';
    }
    const made = makeSlot(entry, this.withdrawn);
    this.slots.set(entry.id, made);
    this.insert(made, place);
    this.changed(made, as);
    return as;
  }

  private insert(slot: HTMLElement, place: Place): void {
    const others = [...this.root.querySelectorAll<HTMLElement>(':scope > .feed-slot')];
    this.root.insertBefore(slot, others.find((other) => other !== slot && compare(place, placeOfSlot(other)) < 0) ?? null);
  }

  private isBelow(place: Place): boolean {
    return this.border !== undefined && compare(place, this.border) > 0;
  }

  private setBorder(whole: boolean, places: readonly Place[]): void {
    // A page of nothing but pinned entries: what is new from now on is shown, all before it comes with Show more.
    this.border = whole ? undefined : lowest(places, { pinned: false, published: Date.now(), id: '' });
  }
}

/** The last of the unpinned places in the readers' order; pinned entries say nothing of how far down the list goes. */
function lowest(places: readonly Place[], otherwise: Place | undefined): Place | undefined {
  return places.filter((place) => !place.pinned).sort(compare).at(-1) ?? otherwise;
}
