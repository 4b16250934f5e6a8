import { button } from '../dom.js';
import { late } from '../late.js';
import { Calm } from './calm.js';
import { type Earlier, loadEarlier } from './earlier.js';
import { Entries, MOST } from './entries.js';
import type { Entry } from './entry.js';
import type { FeedView } from './feed-client.js';
import { isWanted } from './pace.js';
import type { Ticker } from './ticker.js';
import { tell } from './ticker-view.js';

/** The server answers a reset with its newest 20: as many, and there may be more; fewer, and that was the feed. */
const RESET_SIZE = 20;

/** Brings what came onto the page: calmly, at the reader's pace. It isn't among the first things that a page loads. */
export class Presenter implements FeedView {
  private readonly calm: Calm;
  private readonly entries: Entries;
  private readonly waitingButton = button('', () => { this.showWaiting(); }, 'feed-waiting');
  /** The reader is where news come in; settled before a change, as after it the page would have to be laid out to tell. */
  private isOpen = true;
  private earlier: Earlier;

  constructor(private readonly ticker: Ticker) {
    const { host, list, over } = ticker;
    const next = host.getAttribute('next') ?? undefined;
    this.earlier = { base: ticker.at, next };
    this.calm = new Calm(host, list, over);
    this.entries = new Entries(list, {
      mayShow: (entry, isThere) => (entry.status === 'retracted' && isThere) || (ticker.pace !== 'paused' && (isThere || this.isOpen)),
      changed: (slot, change, entry) => {
        if (change === 'inserted') highlight(slot);
        else this.calm.touch(slot);
        if (change === 'loaded') tell(host, 'changed', { entry, change });
      },
    }, next === undefined, ticker.texts.withdrawn, !host.hasAttribute('newer'));
    const newer = host.querySelector<HTMLElement>(':scope > .feed-newer');
    if (newer) void late(() => import('./newer.js')).then(({ offerNewer }) => { offerNewer(ticker, this.entries, newer, ticker.texts); });
    // Who scrolls back to the top is where the news come in again.
    this.calm.atRest(() => {
      this.calm.settle();
      ticker.bringDue();
      if (scrollY <= 0) this.go();
    });
  }

  // The client shows:

  reset(newest: readonly Entry[]): void {
    const { host } = this.ticker;
    host.querySelector('.feed-newer')?.remove();
    this.entries.reset(newest.filter((entry) => this.isOurs(entry)), newest.length < RESET_SIZE);
    tell(host, 'reset');
  }

  apply(entry: Entry): void {
    const seenSeq = this.entries.seqOf(entry.id);
    if (!this.isOurs(entry) && (seenSeq === undefined || entry.status === 'live')) {
      this.entries.drop(entry.id);
      return;
    }
    const change = this.entries.apply(entry);
    if (change !== 'old') tell(this.ticker.host, 'changed', { entry, change, ...(seenSeq !== undefined && { seenSeq }) });
  }

  // The ticker asks:

  /** False while the reader scrolls: what comes meanwhile had better wait a moment. */
  get isAtRest(): boolean {
    return !this.calm.isScrolling;
  }

  get hasMore(): boolean {
    return this.entries.hasMore;
  }

  get waitingCount(): number {
    return [...this.entries.waiting.values()].filter((entry) => entry.status === 'live' && isWanted(this.ticker.pace, entry)).length;
  }

  loadEarlier(): Promise<HTMLElement | undefined> {
    const { earlier } = this;
    return loadEarlier(this.ticker, this.entries, earlier, () => this.earlier === earlier);
  }

  /** The list ends elsewhere by now, and at another position. */
  begin(): void {
    this.earlier = { base: this.ticker.at, next: undefined };
  }

  calmly(change: () => void, mayFollow = true): void {
    this.isOpen = this.calm.isOpen;
    this.calm.change(change, mayFollow && this.isOpen);
  }

  /** Goes on at the reader's pace: what waits comes in, if the reader is where news do. */
  go(): void {
    if (this.ticker.pace !== 'paused' && this.calm.isOpen) this.release();
  }

  showWaiting(): void {
    const { host } = this.ticker;
    if (this.entries.overflown) this.ticker.restart();
    const top = host.getBoundingClientRect().top + scrollY;
    const [first] = this.release();
    scrollTo({ top: top < innerHeight ? 0 : top, behavior: 'instant' });
    first?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    (first?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
  }

  /** Says how much waits, and takes off the page what is too much of it. */
  settle(): void {
    const n = this.waitingCount;
    const { texts } = this.ticker;
    const text = n === 0 ? '' : this.entries.overflown ? this.ticker.fill(texts.waitingMost, { n: MOST }) : this.ticker.fill(texts.waiting, { n });
    if (this.waitingButton.textContent !== text) {
      this.waitingButton.textContent = text;
      if (n > 0) this.ticker.over.append(this.waitingButton);
      else this.waitingButton.remove();
    }
    if (this.entries.cut((slot) => slot.getBoundingClientRect().top > innerHeight)) this.begin();
  }

  private release(): HTMLElement[] {
    let shown: HTMLElement[] = [];
    const waited = [...this.entries.waiting.values()];
    if (waited.length > 0) this.calm.change(() => { shown = this.entries.release(); }, true);
    for (const entry of waited) tell(this.ticker.host, 'changed', { entry, change: 'loaded' });
    this.ticker.settle();
    return shown;
  }

  /** On a page of one tag only what bears it. What was withdrawn bears none. */
  private isOurs(entry: Entry): boolean {
    const tag = this.ticker.host.getAttribute('tag');
    return tag === null || entry.tags?.includes(tag) === true;
  }
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
