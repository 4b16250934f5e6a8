import type { Entry, EntryPage } from '../ticker/entry.js';
import { ask, Trouble } from '../ticker/reading.js';
import type { TickerView } from '../ticker/ticker-view.js';
import { button, make } from '../dom.js';
import type { Left } from './memory.js';
import type { Notices } from './notices.js';
import { type CatchUp, type Happened, reckon } from './reckoning.js';
import { goTo, linkTo, slotsOf, standing } from './slots.js';
import type { Say } from './say.js';

/** Pages of 100 changes that are asked for at most; who was away for more than that is told of these. */
const PAGES = 3;

/** Key events that are listed at most. */
const LISTED = 6;

const KEY = 'catch-up';

type Change = Happened & Entry;

/** What changed in the feed since a position, as far as the server tells. */
export async function changesSince(view: TickerView, position: string): Promise<Change[]> {
  const changes: Change[] = [];
  let since: string | undefined = position;
  try {
    for (let page = 0; page < PAGES && since !== undefined; page += 1) {
      const response = await ask(view.server, view.feed, 'entries', { since, limit: '100' }, {});
      const { entries, next } = (await response.json()) as EntryPage;
      changes.push(...entries);
      since = next;
    }
  } catch (error) {
    // Another log by now, or no network: what stands on the page must do.
    if (!(error instanceof TypeError || error instanceof Trouble)) throw error;
  }
  return changes;
}

/** Brings a reader who was away up to date: what is new and changed, key events first, and where they left off. */
export class CatchUpNotice {
  private readonly entries = new Map<string, Happened>();
  private marked: HTMLElement | undefined;
  private isShown = false;

  constructor(
    private readonly view: TickerView,
    private readonly notices: Notices,
    private readonly say: Say,
    private readonly left: Left,
    private readonly clock: (time: number) => string,
    changes: readonly Happened[],
  ) {
    for (const slot of slotsOf(view)) this.entries.set(standing(slot).id, standing(slot));
    for (const change of changes) this.entries.set(change.id, change);
  }

  /** Shows it, if there is anything to tell. */
  begin(): void {
    const reckoned = this.reckon();
    if (reckoned.fresh.length + reckoned.changed.length === 0) return;
    this.isShown = true;
    this.show(reckoned);
    this.mark();
    this.view.announce(this.summary(reckoned));
  }

  /** An entry changed: what is told of it here follows. What is published after the reader came back isn't told here. */
  follow(entry: Happened): void {
    if (!this.isShown || !this.entries.has(entry.id)) return;
    const before = this.summary(this.reckon());
    const listed = this.entries.get(entry.id)?.headline;
    this.entries.set(entry.id, entry);
    const reckoned = this.reckon();
    if (reckoned.fresh.length + reckoned.changed.length === 0) this.end();
    else if (this.summary(reckoned) !== before || listed !== entry.headline) this.show(reckoned);
  }

  /** More of the list is loaded: perhaps the place where the reader left off. */
  mark(): void {
    if (!this.isShown || this.marked) return;
    const slots = slotsOf(this.view).filter((slot) => slot.dataset['pinned'] === undefined);
    const index = slots.findIndex((slot) => Date.parse(slot.dataset['published'] ?? '') <= this.left.asOf);
    const slot = slots[index];
    if (!slot || index === 0) return;
    this.marked = slot;
    this.view.calmly(() => { slot.dataset['leftOff'] = this.say('leftOff'); });
    this.show(this.reckon());
  }

  end(): void {
    const { marked } = this;
    this.isShown = false;
    this.notices.drop(KEY);
    if (marked) this.view.calmly(() => { delete marked.dataset['leftOff']; });
    this.marked = undefined;
  }

  private reckon(): CatchUp<Happened> {
    return reckon(this.left, this.entries.values());
  }

  private summary({ fresh, changed }: CatchUp<Happened>): string {
    const parts = [
      ...(fresh.length > 0 ? [this.say('new', { n: fresh.length })] : []),
      ...(changed.length > 0 ? [this.say('changed', { n: changed.length })] : []),
    ];
    return this.say('since', { time: this.clock(this.left.at), what: parts.join(this.say('and')) });
  }

  private show(reckoned: CatchUp<Happened>): void {
    const { keyEvents } = reckoned;
    const content = make('div', {}, make('p', {}, make('strong', { textContent: this.summary(reckoned) })));
    if (keyEvents.length > 0) {
      const items = keyEvents.slice(0, LISTED).map((entry) => make('li', {}, linkTo(this.view, entry.id, entry.headline ?? this.say('toItem'))));
      content.append(make('p', { textContent: this.say('keyEvents') }), make('ul', {}, ...items));
    }
    const { id } = this.marked?.dataset ?? {};
    if (id !== undefined) content.append(button(this.say('toLeftOff'), () => { goTo(this.view, id); }, 'feed-to-left-off'));
    this.notices.show(KEY, content, () => { this.end(); });
  }
}
