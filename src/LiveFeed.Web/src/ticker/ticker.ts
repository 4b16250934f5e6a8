import { Entries } from './entries.js';
import type { Entry, Followed } from './entry.js';
import { FeedClient, type FeedPort, type FeedView } from './feed-client.js';
import type { Follower } from './line.js';
import { Lines } from './lines.js';
import { More } from './more.js';
import { formatPosition, parsePosition } from './position.js';
import { keepReadingPlace } from './reading-place.js';
import { skeletonOf } from './skeleton.js';
import { Status } from './status.js';
import { Times } from './times.js';

/** One ticker of the page: the wires between the line to the server, the client that keeps it whole, and the document. */
export class Ticker implements Follower, FeedView, FeedPort {
  private readonly list: HTMLElement;
  private readonly status: Status;
  private readonly entries: Entries;
  private readonly more: More;
  private readonly client: FeedClient;
  private readonly lines: Lines;

  constructor(
    private readonly host: HTMLElement,
    readonly feed: string,
  ) {
    const server = new URL(host.getAttribute('server') ?? '/', document.baseURI);
    const position = parsePosition(host.getAttribute('position'));
    const next = host.getAttribute('next') ?? undefined;
    const { status, list, more } = skeletonOf(host);
    const times = new Times(list, languageOf(host));
    this.list = list;
    this.status = new Status(status, times, host.closest('main, body')?.querySelector('.feed-closed') != null);
    this.entries = new Entries(list, (slot, change) => {
      times.rewrite(slot);
      if (change === 'inserted') highlight(slot);
    }, next === undefined);
    this.more = new More(more, this.entries, server, feed);
    this.client = new FeedClient(this, this, position);
    this.lines = Lines.to(server);
    times.rewrite(list);
    this.more.begin(position, next);
  }

  start(): void {
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
    newest.forEach((entry) => { this.announce(entry); });
  }

  apply(entry: Entry): void {
    keepReadingPlace(this.list, () => { this.entries.apply(entry); });
    this.announce(entry);
  }

  private settle(): void {
    if (this.position !== null) this.host.setAttribute('position', this.position);
    if (this.client.isLive) this.status.live(this.lines.kind);
  }

  private announce(entry: Entry): void {
    this.host.dispatchEvent(new CustomEvent('live-feed:changed', { bubbles: true, detail: entry }));
  }
}

/** The page's language, in the form that the reader knows it: of a page in "en", a reader in London reads the times as "en-GB" has them. */
function languageOf(host: HTMLElement): string | undefined {
  const language = host.closest<HTMLElement>('[lang]:not([lang=""])')?.lang;
  return language === undefined ? undefined : (navigator.languages.find((own) => own.startsWith(`${language}-`)) ?? language);
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
