import { late } from '../late.js';
import type { Entry, Followed } from './entry.js';
import { FeedClient, type FeedPort, type FeedView } from './feed-client.js';
import { ofTheReader } from './language.js';
import type { Follower } from './line.js';
import { Lines } from './lines.js';
import { type Pace, rememberedPace, rememberPace } from './pace.js';
import { formatPosition, parsePosition, type Position } from './position.js';
import type { Presenter } from './presenter.js';
import { nameRole, skeletonOf } from './skeleton.js';
import { Status } from './status.js';
import { tell, type TickerView } from './ticker-view.js';
import { fill, type Text, type Words } from './words.js';

/**
 * The presenter comes with the first change, or in so many milliseconds, when all else of the page is here: later the line may be a
 * bad one, and a server of a newer version may not have it any more.
 */
const LATEST = 3_000;

/** Who scrolls gets what comes when they rest, but after so many milliseconds in any case: a retraction can't wait. */
const LONGEST_SCROLL = 300;

/** One ticker of the page: the wires between the line to the server, the client that keeps it whole, and the document. */
export class Ticker implements Follower, FeedView, FeedPort, TickerView {
  readonly list: HTMLElement;
  readonly over: HTMLElement;
  readonly server: URL;
  readonly language: string | undefined;
  readonly words: Words['comforts'];
  readonly texts: Words['ticker'];
  assertive = false;
  writesTimes = false;
  private begun = false;
  private chosen: Pace;
  private pausedAt = new Date();
  private presenter: Presenter | undefined;
  private presenting: Promise<Presenter> | undefined;
  /** What the line brought before the presenter was here, or while the reader scrolls. */
  private due: (() => void)[] = [];
  private readonly status: Status;
  private readonly client: FeedClient;
  readonly lines: Lines;
  private readonly voice: HTMLElement;

  constructor(
    readonly host: HTMLElement,
    readonly feed: string,
    language: string,
    said: Words,
  ) {
    const words = said.ticker;
    this.texts = words;
    this.words = said.comforts;
    this.language = ofTheReader(language);
    this.server = new URL(host.getAttribute('server') ?? '/', document.baseURI);
    this.chosen = rememberedPace();
    const { status, list, more, voice, over, controls } = skeletonOf(host, words.entries);
    this.list = list;
    this.over = over;
    this.voice = voice;
    this.status = new Status(status, this.language, host.closest('main, body')?.querySelector('.feed-closed') != null, words);
    this.client = new FeedClient(this, this, parsePosition(host.getAttribute('position')));
    this.lines = Lines.to(this.server);
    host.dataset['pace'] = this.chosen;
    void late(() => import('./reader.js')).then(({ serveReader }) => { serveReader(this, controls, more, words); });
  }

  start(): void {
    if (!this.begun) {
      tell(this.host, 'ready', this);
      this.later(this.host.hasAttribute('newer') ? 0 : LATEST, () => void this.present());
    }
    this.begun = true;
    this.lines.add(this);
  }

  stop(): void {
    this.lines.remove(this);
    this.leave();
    this.status.clear();
  }

  // The line tells:

  get position(): string | null {
    return this.client.position ? formatPosition(this.client.position) : null;
  }

  opened(): void {
    this.due = [];
    this.client.opened();
  }

  lost(): void {
    this.status.lost();
    this.leave();
  }

  followed(answer: Followed): void {
    this.bring(!answer.reset && answer.entries.length === 0, () => {
      this.calmly(() => { this.client.followed(answer); });
      if (answer.reset) this.presenter?.begin();
    });
  }

  refused(reason: string): void {
    this.status.refused(reason);
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.bring(false, () => { this.calmly(() => { this.client.updated(entry, previous); }); });
  }

  told(position: string): void {
    this.bring(true, () => { this.client.told(position); });
  }

  // The client asks:

  follow(position: string | null): void {
    this.lines.follow(this, position);
  }

  later(milliseconds: number, action: () => void): void {
    setTimeout(action, milliseconds);
  }

  // The client shows what the presenter is here for by then:

  reset(newest: readonly Entry[]): void {
    this.presenter?.reset(newest);
  }

  apply(entry: Entry): void {
    this.presenter?.apply(entry);
  }

  // The rest of the page may:

  get pace(): Pace {
    return this.chosen;
  }

  set pace(pace: Pace) {
    this.chosen = pace;
    this.pausedAt = new Date();
    rememberPace(pace);
    this.settle();
    void this.present().then((presenter) => {
      presenter.calmly(() => { this.host.dataset['pace'] = this.chosen; });
      presenter.go();
    });
  }

  get waitingCount(): number {
    return this.presenter?.waitingCount ?? 0;
  }

  fill(text: Text, values?: Readonly<Record<string, string | number>>): string {
    return fill(text, this.language, values);
  }

  calmly(change: () => void, mayFollow?: boolean): void {
    if (this.presenter) this.presenter.calmly(change, mayFollow);
    else change();
  }

  announce(text: string, assertive = false): void {
    this.voice.ariaLive = assertive ? 'assertive' : 'polite';
    this.voice.textContent = text;
  }

  showWaiting(): void {
    void this.present().then((presenter) => { presenter.showWaiting(); });
  }

  get hasMore(): boolean {
    return this.presenter?.hasMore ?? this.host.hasAttribute('next');
  }

  async loadEarlier(): Promise<HTMLElement | undefined> {
    return (await this.present()).loadEarlier();
  }

  // The presenter asks:

  /** Takes in what has been waiting for it. */
  bringDue(): void {
    if (this.due.length === 0) return;
    for (const work of this.due.splice(0)) work();
    this.settle();
  }

  /** What the page is up to. */
  get at(): Position | undefined {
    return this.client.position;
  }

  /** Forgets what was seen: the newest is shown next. */
  restart(): void {
    this.client.restart();
  }

  /** What is to be seen of where the page stands now. */
  settle(): void {
    nameRole(this.list);
    if (this.position !== null) this.host.setAttribute('position', this.position);
    if (this.client.isLive && this.due.length === 0) {
      if (this.chosen === 'paused') this.status.paused(this.pausedAt);
      else this.status.live(this.lines.kind);
    }
    this.presenter?.settle();
    tell(this.host, 'waiting');
  }

  /** Takes in what the line brought, in its order; all but what shows nothing waits for the presenter. */
  private bring(showsNothing: boolean, work: () => void): void {
    const isFirst = this.due.push(work) === 1;
    if (isFirst && (showsNothing || this.presenter?.isAtRest === true)) this.bringDue();
    else if (this.presenter) {
      if (isFirst) this.later(LONGEST_SCROLL, () => { this.bringDue(); });
    } else {
      // Until then the page isn't whole; should that take long, it says so.
      this.status.lost();
      void this.present();
    }
  }

  private present(): Promise<Presenter> {
    this.presenting ??= late(() => import('./presenter.js')).then(({ Presenter }) => {
      const presenter = new Presenter(this);
      this.presenter = presenter;
      this.bringDue();
      return presenter;
    });
    return this.presenting;
  }

  /** What the line was about to bring comes again with the next one. */
  private leave(): void {
    this.due = [];
    this.client.lost();
  }
}
