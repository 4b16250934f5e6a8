import { Entries } from './entries.js';
import type { Entry, Followed } from './entry.js';
import { FeedClient, type FeedPort, type FeedView } from './feed-client.js';
import { type Follower, Hub } from './hub.js';
import { HubError } from './hub-connection.js';
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
  private readonly hub: Hub;

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
    this.more = new More(more, this.entries, new URL(`/api/feeds/${encodeURIComponent(feed)}/entries`, server));
    this.client = new FeedClient(this, this, position);
    this.hub = Hub.at(hubAddress(server));
    times.rewrite(list);
    this.more.begin(position, next);
  }

  start(): void {
    this.hub.add(this);
  }

  stop(): void {
    this.hub.remove(this);
    this.client.lost();
    this.status.clear();
  }

  // The hub tells:

  opened(): void {
    this.client.opened();
  }

  lost(): void {
    this.status.lost(this.client.isLive);
    this.client.lost();
  }

  called(target: string, args: readonly unknown[]): void {
    if (target === 'Updated') this.client.updated(args[0] as Entry, args[1] as number);
    else if (target === 'Position') this.client.told(args[1] as string);
    this.settle();
  }

  // The client asks:

  follow(position: string | null): void {
    this.hub.call('Follow', this.feed, position).then(
      (answer) => { this.followed(answer as Followed); },
      (error: unknown) => {
        // Any other error is the end of the line, and the hub says so itself.
        if (!(error instanceof HubError)) return;
        this.status.refused(error.message);
        this.client.refused();
      },
    ).catch(reportError);
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

  private followed(answer: Followed): void {
    this.client.followed(answer);
    if (answer.reset) this.more.begin(this.client.position);
    this.settle();
  }

  private settle(): void {
    if (this.client.position) this.host.setAttribute('position', formatPosition(this.client.position));
    if (this.client.isLive) this.status.live();
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

function hubAddress(server: URL): string {
  const url = new URL('/hubs/ticker', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

function highlight(slot: HTMLElement): void {
  slot.classList.add('feed-slot-new');
  slot.addEventListener('animationend', () => { slot.classList.remove('feed-slot-new'); }, { once: true });
}
