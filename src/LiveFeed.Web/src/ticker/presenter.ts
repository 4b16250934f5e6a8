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

/** As much of what waits comes in at once, so that the page is still painted in time. The rest follows, paint by paint. */
const AT_ONCE = 5;

/** Brings what came onto the page: calmly, at the reader's pace. It isn't among the first things that a page loads. */
export class Presenter implements FeedView {
  private readonly calm: Calm;
  private readonly entries: Entries;
  private readonly waitingButton = button('', () => { this.showWaiting(); }, 'feed-waiting');
  private wasOpen = true;
  /** A change is being painted: another would only lay the same page out again. */
  private isPainting = false;
  /** The reader asked for what waits, and not all of it is here yet. */
  private isReleasing = false;
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
      this.goOn();
      if (scrollY <= 0) this.go();
    });
  }

  // The client shows:

  reset(newest: readonly Entry[]): void {
    const { host } = this.ticker;
    this.isReleasing = false;
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

  /** False while the reader scrolls, and until the last change has been painted: what comes meanwhile had better wait a moment. */
  get isAtRest(): boolean {
    return !this.calm.isScrolling && (!this.isPainting || document.hidden);
  }

  get hasMore(): boolean {
    return this.entries.hasMore;
  }

  get waitingCount(): number {
    return this.isReleasing ? 0 : [...this.entries.waiting.values()].filter((entry) => entry.status === 'live' && isWanted(this.ticker.pace, entry)).length;
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
    const { isOpen } = this;
    this.calm.change(change, isOpen && mayFollow);
    this.rest();
  }

  /** Goes on at the pace that the reader has chosen. That they have is painted first: all items may come or go by it. */
  keepPace(): void {
    afterFrame(() => {
      this.calmly(() => {
        this.ticker.host.dataset['pace'] = this.ticker.pace;
        if (this.ticker.pace === 'paused') this.isReleasing = false;
        this.go();
        this.ticker.settle();
      });
    });
  }

  /** What the reader has asked for by the button is on its way; that is painted first. */
  showWaiting(): void {
    this.waitingButton.ariaBusy = 'true';
    afterFrame(() => { this.goToWaiting(); });
  }

  /** Says how much waits, and takes off the page what is too much of it. */
  settle(): void {
    const n = this.waitingCount;
    const { texts } = this.ticker;
    const text = n === 0 ? '' : this.entries.overflown ? this.ticker.fill(texts.waitingMost, { n: MOST }) : this.ticker.fill(texts.waiting, { n });
    if (this.waitingButton.textContent !== text) {
      this.waitingButton.ariaBusy = null;
      this.waitingButton.textContent = text;
      if (n > 0) this.ticker.over.append(this.waitingButton);
      else this.waitingButton.remove();
    }
    if (this.entries.cut((slot) => slot.getBoundingClientRect().top > innerHeight)) this.begin();
  }

  /** The reader is where news come in; within a change as it was before, or the page would have to be laid out to tell. */
  private get isOpen(): boolean {
    if (!this.calm.isChanging) this.wasOpen = this.calm.isOpen;
    return this.wasOpen;
  }

  /** What waits comes in, if the reader is where news do. */
  private go(): void {
    if (this.ticker.pace !== 'paused' && this.isOpen) this.release();
  }

  private goToWaiting(): void {
    const { host } = this.ticker;
    if (this.entries.overflown) this.ticker.restart();
    const top = host.getBoundingClientRect().top + scrollY;
    const first = this.release();
    scrollTo({ top: top < innerHeight ? 0 : top, behavior: 'instant' });
    first?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    (first?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
  }

  /** Lets in what waits, and answers the first slot that is new. */
  private release(): HTMLElement | undefined {
    const { entries, ticker } = this;
    let came: ReturnType<Entries['release']> = { released: [], first: undefined };
    if (entries.waiting.size > 0) this.calm.change(() => { came = entries.release(document.hidden ? Infinity : AT_ONCE); }, true);
    this.isReleasing = entries.waiting.size > 0;
    for (const entry of came.released) tell(ticker.host, 'changed', { entry, change: 'loaded' });
    ticker.settle();
    this.rest();
    return came.first;
  }

  /** Lets the page be painted before it changes again. Nobody waits for the paint of a tab that isn't seen. */
  private rest(): void {
    if (this.isPainting || document.hidden) return;
    this.isPainting = true;
    afterFrame(() => {
      this.isPainting = false;
      if (!this.calm.isScrolling) this.goOn();
    });
  }

  /** Does what had to wait for a scroll or a paint. */
  private goOn(): void {
    if (this.ticker.due.length === 0 && !this.isReleasing) return;
    this.calmly(() => {
      this.ticker.bringDue();
      if (this.isReleasing) this.release();
    });
  }

  /** On a page of one tag only what bears it. What was withdrawn bears none. */
  private isOurs(entry: Entry): boolean {
    const tag = this.ticker.host.getAttribute('tag');
    return tag === null || entry.tags?.includes(tag) === true;
  }
}

/** Does this when the next frame has been painted: between two, not within one, where keys and other scripts scroll. */
function afterFrame(action: () => void): void {
  requestAnimationFrame(() => setTimeout(action));
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
