import { HubConnection } from './hub-connection.js';
import { Retry } from './retry.js';

/** Someone who follows a feed through a hub. */
export interface Follower {
  readonly feed: string;
  /** The hub can be called, from now until `lost`. */
  opened(): void;
  lost(): void;
  /** The server called a method of ours that is about this feed. */
  called(target: string, args: readonly unknown[]): void;
}

/** After a close that forbids to reconnect. The reader's page still wants its news, so it asks again, but not soon. */
const FORBIDDEN_FOR = 60_000;

/**
 * A page's line to one hub address, shared by all its tickers, kept open for as long as one of them follows: it reconnects
 * without end, at once when the network or the reader returns.
 */
export class Hub {
  private static readonly hubs = new Map<string, Hub>();
  private readonly followers = new Set<Follower>();
  private readonly retry = new Retry();
  private connection: HubConnection | undefined;
  private open = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly url: string) {}

  /** The page's one hub at this address. */
  static at(url: string): Hub {
    const hub = this.hubs.get(url) ?? new Hub(url);
    this.hubs.set(url, hub);
    return hub;
  }

  add(follower: Follower): void {
    const first = this.followers.size === 0;
    this.followers.add(follower);
    if (first) this.listen(true);
    if (this.open) follower.opened();
    else if (first) this.connect();
  }

  remove(follower: Follower): void {
    if (!this.followers.delete(follower)) return;
    if (this.followers.size === 0) {
      this.listen(false);
      this.pause();
    } else if (this.open && ![...this.followers].some((other) => other.feed === follower.feed)) {
      // The others' news comes through the same line: only this feed's ends. Lost with the connection, it needs no more ending.
      this.call('Unfollow', follower.feed).catch(() => undefined);
    }
  }

  /** Calls a method of the hub, see {@link HubConnection.call}. */
  async call(target: string, ...args: readonly unknown[]): Promise<unknown> {
    if (!this.connection) throw new Error('There is no connection.');
    return this.connection.call(target, ...args);
  }

  private connect(): void {
    clearTimeout(this.timer);
    const connection = new HubConnection(this.url, {
      opened: () => { this.opened(); },
      called: (target, args) => { this.called(target, args); },
      closed: (comeBack) => {
        if (this.connection === connection) this.lost(comeBack);
      },
    });
    this.connection = connection;
  }

  private opened(): void {
    this.open = true;
    this.retry.opened(Date.now());
    for (const follower of this.followers) follower.opened();
  }

  private lost(comeBack: boolean): void {
    this.connection = undefined;
    this.open = false;
    this.retry.lost(Date.now());
    const wait = this.retry.next();
    this.timer = setTimeout(() => { this.connect(); }, comeBack ? wait : FORBIDDEN_FOR + wait);
    for (const follower of this.followers) follower.lost();
  }

  private called(target: string, args: readonly unknown[]): void {
    if (target === 'Reconnect') this.leaveIn(Number(args[0]));
    const about = feedOf(args[0]);
    for (const follower of this.followers) if (follower.feed === about) follower.called(target, args);
  }

  /** The node goes away in a while, and says so to each reader at a time of its own: no need to wait for the break. */
  private leaveIn(milliseconds: number): void {
    const leaving = this.connection;
    setTimeout(() => {
      if (this.connection === leaving && this.open) this.reconnect();
    }, milliseconds);
  }

  /** Drops what there is and tries again at once. */
  private readonly reconnect = (): void => {
    this.pause();
    this.retry.reset();
    this.connect();
  };

  // Without a network an open socket is only silent, and the page would call itself live until the watchdog looks.
  private readonly cutOff = (): void => {
    this.connection?.close();
  };

  private readonly returned = (): void => {
    if (document.visibilityState === 'visible' && this.connection?.isStale !== false) this.reconnect();
  };

  // A page with an open socket isn't kept for the back button. Closed on the way out, opened on the way back.
  private readonly pause = (): void => {
    clearTimeout(this.timer);
    const { connection, open } = this;
    this.connection = undefined;
    this.open = false;
    connection?.close();
    if (open) for (const follower of this.followers) follower.lost();
  };

  private listen(on: boolean): void {
    const change = on ? 'addEventListener' : 'removeEventListener';
    window[change]('online', this.reconnect);
    window[change]('offline', this.cutOff);
    window[change]('pagehide', this.pause);
    window[change]('pageshow', this.returned);
    document[change]('visibilitychange', this.returned);
  }
}

/** Methods are called with the feed's slug or with an entry first. */
function feedOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'feed' in argument ? argument.feed : argument;
}
