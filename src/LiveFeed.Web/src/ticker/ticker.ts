import { button } from '../dom.js';
import { late } from '../late.js';
import { Calm } from './calm.js';
import { Entries, MOST } from './entries.js';
import type { Entry, Followed } from './entry.js';
import { FeedClient, type FeedPort, type FeedView } from './feed-client.js';
import type { Follower } from './line.js';
import { Lines } from './lines.js';
import { More } from './more.js';
import { isWanted, type Pace, rememberedPace, rememberPace } from './pace.js';
import { formatPosition, parsePosition } from './position.js';
import { nameRole, skeletonOf } from './skeleton.js';
import { Status } from './status.js';
import type { ChangedDetail, TickerView } from './ticker-view.js';
import { ofTheReader, Times } from './times.js';
import { fill, type Text, type Words } from './words.js';

/** The server answers a reset with its newest 20: as many, and there may be more; fewer, and that was the feed. */
const RESET_SIZE = 20;

/** One ticker of the page: the wires between the line to the server, the client that keeps it whole, and the document. */
export class Ticker implements Follower, FeedView, FeedPort, TickerView {
  readonly list: HTMLElement;
  readonly over: HTMLElement;
  readonly server: URL;
  readonly language: string;
  readonly words: Words['comforts'];
  assertive = false;
  private begun = false;
  private chosen: Pace;
  private pausedAt = new Date();
  /** The reader is where news come in; settled before a change, as after it the page would have to be laid out to tell. */
  private isOpen = true;
  private readonly calm: Calm;
  private readonly status: Status;
  private readonly entries: Entries;
  private readonly more: More;
  private readonly client: FeedClient;
  private readonly lines: Lines;
  private readonly voice: HTMLElement;
  private readonly waitingButton: HTMLButtonElement;

  constructor(
    readonly host: HTMLElement,
    readonly feed: string,
    language: string,
    private readonly said: Words,
  ) {
    const words = said.ticker;
    this.words = said.comforts;
    this.language = ofTheReader(language);
    this.server = new URL(host.getAttribute('server') ?? '/', document.baseURI);
    this.chosen = rememberedPace();
    const position = parsePosition(host.getAttribute('position'));
    const next = host.getAttribute('next') ?? undefined;
    const { status, list, more, voice, over, controls } = skeletonOf(host, words.entries);
    const times = new Times(list, this.language);
    this.list = list;
    this.voice = voice;
    this.over = over;
    this.waitingButton = button('', () => { this.showWaiting(); }, 'feed-waiting');
    this.calm = new Calm(host, list, over);
    this.status = new Status(status, times, host.closest('main, body')?.querySelector('.feed-closed') != null, words);
    this.entries = new Entries(list, {
      mayShow: (entry, isThere) => (entry.status === 'retracted' && isThere) || (this.chosen !== 'paused' && (isThere || this.isOpen)),
      changed: (slot, change, entry) => {
        times.rewrite(slot);
        if (change === 'inserted') highlight(slot);
        else this.calm.touch(slot);
        if (change === 'loaded') this.tell('changed', { entry, change });
      },
    }, next === undefined, words.withdrawn, !host.hasAttribute('newer'));
    this.more = new More(more, this.entries, this, words);
    this.client = new FeedClient(this, this, position);
    this.lines = Lines.to(this.server);
    times.rewrite(list);
    this.more.begin(position, next);
    host.dataset['pace'] = this.chosen;
    void late(() => import('./reader.js')).then(({ serveReader }) => { serveReader(this, this.entries, controls, words); });
  }

  start(): void {
    if (!this.begun) {
      this.tell('ready', this);
      // Who scrolls back to the top is where the news come in again.
      this.calm.atRest(() => {
        this.calm.settle();
        if (scrollY <= 0 && this.chosen !== 'paused') this.release();
      });
    }
    this.begun = true;
    this.lines.add(this);
  }

  stop(): void {
    this.lines.remove(this);
    this.client.lost();
    this.status.clear();
  }

  // The line tells:

  get position(): string | null {
    return this.client.position ? formatPosition(this.client.position) : null;
  }

  opened(): void {
    this.client.opened();
  }

  lost(): void {
    this.status.lost();
    this.client.lost();
  }

  followed(answer: Followed): void {
    this.calmly(() => { this.client.followed(answer); });
    if (answer.reset) this.more.begin(this.client.position);
    this.settle();
  }

  refused(reason: string): void {
    this.status.refused(reason);
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.calmly(() => { this.client.updated(entry, previous); });
    this.settle();
  }

  told(position: string): void {
    this.client.told(position);
    this.settle();
  }

  // The client asks:

  follow(position: string | null): void {
    this.lines.follow(this, position);
  }

  later(milliseconds: number, action: () => void): void {
    setTimeout(action, milliseconds);
  }

  // The client shows:

  reset(newest: readonly Entry[]): void {
    this.host.querySelector('.feed-newer')?.remove();
    this.entries.reset(newest.filter((entry) => this.isOurs(entry)), newest.length < RESET_SIZE);
    this.tell('reset');
  }

  apply(entry: Entry): void {
    const seenSeq = this.entries.seqOf(entry.id);
    if (!this.isOurs(entry) && (seenSeq === undefined || entry.status === 'live')) {
      this.entries.drop(entry.id);
      return;
    }
    const change = this.entries.apply(entry);
    if (change !== 'old') this.tell('changed', { entry, change, ...(seenSeq !== undefined && { seenSeq }) });
  }

  // The rest of the page may:

  get pace(): Pace {
    return this.chosen;
  }

  set pace(pace: Pace) {
    this.chosen = pace;
    this.pausedAt = new Date();
    rememberPace(pace);
    this.calmly(() => { this.host.dataset['pace'] = pace; });
    if (pace !== 'paused' && this.calm.isOpen) this.release();
    this.settle();
  }

  get waitingCount(): number {
    return [...this.entries.waiting.values()].filter((entry) => entry.status === 'live' && isWanted(this.chosen, entry)).length;
  }

  fill(text: Text, values?: Readonly<Record<string, string | number>>): string {
    return fill(text, this.language, values);
  }

  calmly(change: () => void, mayFollow = true): void {
    this.isOpen = this.calm.isOpen;
    this.calm.change(change, mayFollow && this.isOpen);
  }

  announce(text: string, assertive = false): void {
    this.voice.ariaLive = assertive ? 'assertive' : 'polite';
    this.voice.textContent = text;
  }

  showWaiting(): void {
    if (this.entries.overflown) this.client.restart();
    const top = this.host.getBoundingClientRect().top + scrollY;
    const [first] = this.release();
    scrollTo({ top: top < innerHeight ? 0 : top, behavior: 'instant' });
    first?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    (first?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
  }

  private release(): HTMLElement[] {
    let shown: HTMLElement[] = [];
    const waited = [...this.entries.waiting.values()];
    if (waited.length > 0) this.calm.change(() => { shown = this.entries.release(); }, true);
    for (const entry of waited) this.tell('changed', { entry, change: 'loaded' });
    this.settle();
    return shown;
  }

  /** What is to be seen of where the page stands now. */
  private settle(): void {
    nameRole(this.list);
    if (this.position !== null) this.host.setAttribute('position', this.position);
    if (this.client.isLive) {
      if (this.chosen === 'paused') this.status.paused(this.pausedAt);
      else this.status.live(this.lines.kind);
    }
    if (this.entries.cut((slot) => slot.getBoundingClientRect().top > innerHeight)) this.more.begin(this.client.position);
    const n = this.waitingCount;
    const text = n === 0 ? '' : this.entries.overflown ? this.fill(this.said.ticker.waitingMost, { n: MOST }) : this.fill(this.said.ticker.waiting, { n });
    if (this.waitingButton.textContent !== text) {
      this.waitingButton.textContent = text;
      if (n > 0) this.over.append(this.waitingButton);
      else this.waitingButton.remove();
    }
    this.tell('waiting');
  }

  /** On a page of one tag only what bears it. What was withdrawn bears none. */
  private isOurs(entry: Entry): boolean {
    const tag = this.host.getAttribute('tag');
    return tag === null || entry.tags?.includes(tag) === true;
  }

  private tell(what: 'ready' | 'changed' | 'reset' | 'waiting', detail?: TickerView | ChangedDetail): void {
    this.host.dispatchEvent(new CustomEvent(`live-feed:${what}`, { bubbles: true, detail }));
  }
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
