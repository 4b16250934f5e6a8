import type { Entry, Followed } from '../src/ticker/entry.js';
import { FeedClient, type FeedPort, type FeedView } from '../src/ticker/feed-client.js';
import type { Follower } from '../src/ticker/line.js';
import { Lines } from '../src/ticker/lines.js';
import { formatPosition } from '../src/ticker/position.js';
import { SocketLine } from '../src/ticker/socket-line.js';

/** A reader of one feed as the element is one, line, client and all, without a document to draw in: it remembers what it would show. */
export class Reader implements Follower, FeedView, FeedPort {
  /** The revision that is shown of each entry. */
  readonly shown = new Map<string, number>();
  /** What no reader may see: an entry that came again, or went back. */
  faults = 0;
  private readonly client = new FeedClient(this, this);
  private readonly lines: Lines;

  constructor(
    server: URL,
    readonly feed: string,
    private readonly whole: () => void,
  ) {
    // Lines of its own: a page's tickers would share one socket.
    this.lines = new Lines([(events) => new SocketLine(server, events)]);
  }

  get position(): string | null {
    return this.client.position ? formatPosition(this.client.position) : null;
  }

  get isLive(): boolean {
    return this.client.isLive;
  }

  start(): void {
    this.lines.add(this);
  }

  stop(): void {
    this.lines.remove(this);
  }

  opened(): void {
    this.client.opened();
  }

  lost(): void {
    this.client.lost();
  }

  followed(answer: Followed): void {
    this.client.followed(answer);
    this.settle();
  }

  refused(): void {
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.client.updated(entry, previous);
    this.settle();
  }

  told(position: string): void {
    this.client.told(position);
  }

  follow(position: string | null): void {
    this.lines.follow(this, position);
  }

  later(milliseconds: number, action: () => void): void {
    setTimeout(action, milliseconds);
  }

  reset(newest: readonly Entry[]): void {
    this.shown.clear();
    newest.forEach((entry) => { this.apply(entry); });
  }

  apply(entry: Entry): void {
    if ((this.shown.get(entry.id) ?? 0) >= entry.revision) this.faults += 1;
    this.shown.set(entry.id, entry.revision);
  }

  private settle(): void {
    if (this.isLive) this.whole();
  }
}
