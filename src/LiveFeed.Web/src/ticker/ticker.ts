import { Entries } from './entries.js';
import type { Entry, Followed } from './entry.js';
import { FeedClient, type FeedPort, type FeedView } from './feed-client.js';
import type { Follower } from './line.js';
import { Lines } from './lines.js';
import { More } from './more.js';
import { formatPosition, parsePosition } from './position.js';
import { keepReadingPlace } from './reading-place.js';
import { nameRole, skeletonOf } from './skeleton.js';
import { Status } from './status.js';
import type { ChangedDetail, TickerView } from './ticker-view.js';
import { ofTheReader, Times } from './times.js';
import { fill, type Text, type Words } from './words.js';

/** One ticker of the page: the wires between the line to the server, the client that keeps it whole, and the document. */
export class Ticker implements Follower, FeedView, FeedPort, TickerView {
  readonly list: HTMLElement;
  readonly server: URL;
  readonly language: string | undefined;
  readonly words: Words['comforts'];
  private begun = false;
  private readonly voice: HTMLElement;
  private readonly status: Status;
  private readonly entries: Entries;
  private readonly more: More;
  private readonly client: FeedClient;
  private readonly lines: Lines;

  constructor(
    readonly host: HTMLElement,
    readonly feed: string,
    language: string,
    { ticker: words, comforts }: Words,
  ) {
    this.words = comforts;
    this.language = ofTheReader(language);
    const server = this.server = new URL(host.getAttribute('server') ?? '/', document.baseURI);
    const position = parsePosition(host.getAttribute('position'));
    const next = host.getAttribute('next') ?? undefined;
    const { status, list, more, voice } = skeletonOf(host, words.entries);
    const times = new Times(list, this.language);
    this.list = list;
    this.voice = voice;
    this.status = new Status(status, times, host.closest('main, body')?.querySelector('.feed-closed') != null, words);
    this.entries = new Entries(list, (slot, change) => {
      times.rewrite(slot);
      if (change === 'inserted') highlight(slot);
    }, next === undefined, words.withdrawn);
    this.more = new More(more, this.entries, server, feed, words);
    this.client = new FeedClient(this, this, position);
    this.lines = Lines.to(server);
    times.rewrite(list);
    this.more.begin(position, next);
  }

  start(): void {
    if (!this.begun) this.tell('ready', this);
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
    this.client.followed(answer);
    if (answer.reset) this.more.begin(this.client.position);
    this.settle();
  }

  refused(reason: string): void {
    this.status.refused(reason);
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.client.updated(entry, previous);
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
    keepReadingPlace(this.list, () => { this.entries.reset(newest); }, true);
    this.tell('reset');
  }

  apply(entry: Entry): void {
    const seenSeq = this.entries.seqOf(entry.id);
    this.calmly(() => {
      const change = this.entries.apply(entry);
      if (change !== 'old') this.tell('changed', { entry, change, ...(seenSeq !== undefined && { seenSeq }) });
    });
  }

  // The rest of the page may:

  fill(text: Text, values?: Readonly<Record<string, string | number>>): string {
    return fill(text, this.language, values);
  }

  calmly(change: () => void): void {
    keepReadingPlace(this.list, change);
  }

  announce(text: string): void {
    this.voice.textContent = text;
  }

  showWaiting(): void {
    this.list.firstElementChild?.scrollIntoView();
  }

  private settle(): void {
    nameRole(this.list);
    if (this.position !== null) this.host.setAttribute('position', this.position);
    if (this.client.isLive) this.status.live(this.lines.kind);
  }

  private tell(what: 'ready' | 'changed' | 'reset', detail?: TickerView | ChangedDetail): void {
    this.host.dispatchEvent(new CustomEvent(`live-feed:${what}`, { bubbles: true, detail }));
  }
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
