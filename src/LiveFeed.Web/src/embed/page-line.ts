import type { Follower } from '../ticker/line.js';
import { Retry } from '../ticker/retry.js';
import { SocketLine } from '../ticker/socket-line.js';

/** A line that can't be opened so many times in a row may be one that this page or its network doesn't let through. */
const BARRED = 2;

/** A follower that can be told of the newest by the list, where there is no line. */
export interface PolledFollower extends Follower {
  poll(): Promise<void>;
}

/**
 * A page's one line to a server, shared by all its widgets and kept for as long as there is one. It comes back without end; where
 * no line can be had, each try asks for the list instead.
 */
export class PageLine {
  private static readonly all = new Map<string, PageLine>();
  private readonly followers = new Set<PolledFollower>();
  private readonly retry = new Retry();
  private line: SocketLine | undefined;
  private isOpen = false;
  private answeredAt = Infinity;
  private failed = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly server: URL) {
    // With an open line the page wouldn't be kept for the back button.
    addEventListener('pagehide', () => { this.drop(); });
    addEventListener('pageshow', () => { if (!this.line) this.connect(); });
    addEventListener('online', () => { this.connect(); });
  }

  /** The page's line to this server. */
  static to(server: URL): PageLine {
    const line = this.all.get(server.origin) ?? new PageLine(server);
    this.all.set(server.origin, line);
    return line;
  }

  add(follower: PolledFollower): void {
    this.followers.add(follower);
    if (this.followers.size === 1) this.connect();
    else if (this.isOpen) follower.opened();
  }

  remove(follower: PolledFollower): void {
    this.followers.delete(follower);
    this.line?.unfollow(follower);
    if (this.followers.size === 0) this.drop();
  }

  follow(follower: Follower, position: string | null): void {
    this.line?.follow(follower, position);
  }

  private connect(): void {
    this.drop();
    if (this.followers.size === 0) return;
    try {
      this.line = new SocketLine(this.server, {
        opened: () => {
          this.isOpen = true;
          this.followers.forEach((follower) => { follower.opened(); });
        },
        answered: () => {
          this.failed = 0;
          this.answeredAt = Math.min(this.answeredAt, Date.now());
        },
        // The node says to each reader when, so that they don't all come at once.
        leaving: (milliseconds) => { this.connectIn(milliseconds); },
        closed: (pause) => { this.lost(pause); },
      });
    } catch {
      // Some browsers throw where the page's policy takes the way from them.
      this.lost(0);
    }
  }

  private lost(pause: number): void {
    this.retry.lost(Date.now() - this.answeredAt);
    this.drop();
    this.failed += 1;
    this.followers.forEach((follower) => {
      if (pause > 0 || this.failed > BARRED || follower.position === null) void follower.poll();
    });
    this.connectIn(pause * (1 + Math.random()) + this.retry.next());
  }

  private connectIn(milliseconds: number): void {
    this.timer = setTimeout(() => { this.connect(); }, milliseconds);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.line?.close();
    this.line = undefined;
    this.isOpen = false;
    this.answeredAt = Infinity;
    this.followers.forEach((follower) => { follower.lost(); });
  }
}
