import type { Entry, Followed } from '../ticker/entry.js';
import { FeedClient, type FeedPort, type FeedView } from '../ticker/feed-client.js';
import type { Follower } from '../ticker/line.js';
import type { Lines } from '../ticker/lines.js';
import { formatPosition, type Position } from '../ticker/position.js';

/** Who wants to know. */
export interface Listener {
  /** Something is known that wasn't: news, or that there are none. */
  heard(): void;
  lost(): void;
  withdrawn(id: string): void;
}

/** Hears how far a feed is. What its newest item says, the server's page tells. */
export class FeedNews implements Follower, FeedView, FeedPort {
  private readonly client: FeedClient;

  constructor(
    readonly feed: string,
    position: Position | undefined,
    private readonly lines: Lines,
    private readonly listener: Listener,
  ) {
    this.client = new FeedClient(this, this, position);
  }

  start(): void {
    this.lines.add(this);
  }

  stop(): void {
    this.lines.remove(this);
    this.client.lost();
  }

  /** What the feed is up to, as far as is known here. */
  get at(): Position | undefined {
    return this.client.position;
  }

  get isLive(): boolean {
    return this.client.isLive;
  }

  // The line tells:

  get position(): string | null {
    return this.at ? formatPosition(this.at) : null;
  }

  opened(): void {
    this.client.opened();
  }

  lost(): void {
    this.client.lost();
    this.listener.lost();
  }

  followed(answer: Followed): void {
    this.client.followed(answer);
    this.listener.heard();
  }

  refused(): void {
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.client.updated(entry, previous);
    this.listener.heard();
  }

  told(position: string): void {
    this.client.told(position);
    this.listener.heard();
  }

  // The client asks:

  follow(position: string | null): void {
    this.lines.follow(this, position);
  }

  later(milliseconds: number, action: () => void): void {
    setTimeout(action, milliseconds);
  }

  // The client shows:

  reset(): void {
    // The position has moved, which is all that is asked of it.
  }

  apply({ id, status }: Entry): void {
    if (status === 'retracted') this.listener.withdrawn(id);
  }
}
