import { Ladder } from './ladder.js';
import { LateLine } from './late-line.js';
import type { Follower, Line, LineKind, OpenLine } from './line.js';
import { type PageEvents, watchPage } from './page-life.js';
import { Retry } from './retry.js';
import { SocketLine } from './socket-line.js';

/** Looking for a better line: soon, for it may only have been away for a moment, then ever more seldom. Milliseconds. */
const CLIMB = { first: 5_000, longest: 600_000, stable: 0 };

/** A pause that someone asks for is kept, but not for longer; and a timer that is set for more than 24 days is due at once. */
const LONGEST_PAUSE = 600_000;

export interface Held {
  readonly line: Line;
  readonly rung: number;
  open: boolean;
  /** When the server first answered a follower on it. */
  answeredAt?: number;
}

/**
 * A page's line to one server, shared by all its tickers and kept for as long as one of them follows: it comes back without end,
 * at once when the network or the reader returns, on the best line that can be had. Where one line takes the place of another,
 * the old one goes on until the new one has answered; followers go on from their positions and notice nothing.
 */
export class Lines implements PageEvents {
  private static readonly all = new Map<string, Lines>();
  private readonly followers = new Set<Follower>();
  private readonly retry: Retry;
  private readonly climb: Retry;
  private readonly ladder: Ladder;
  /** What the news come over now. */
  current: Held | undefined;
  /** What is to take the place of the current line. */
  private next: Held | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When to look for what takes the place of the current line. */
  private changeTimer: ReturnType<typeof setTimeout> | undefined;
  private notBefore = 0;
  private watch: AbortController | undefined;

  /** `ways`: how to open a line, the best first. */
  constructor(
    private readonly ways: readonly OpenLine[],
    private readonly random: () => number = Math.random,
  ) {
    this.retry = new Retry(random);
    this.climb = new Retry(random, CLIMB);
    this.ladder = new Ladder(ways.length);
  }

  /** The page's lines to this server. */
  static to(server: URL): Lines {
    const lines = this.all.get(server.origin) ?? new Lines([
      (events) => new SocketLine(server, events),
      ...(['stream', 'poll'] as const).map((kind): OpenLine => {
        const load = async () => (await import('./fallback-lines.js')).fallbackLines(server)[kind];
        return (events) => new LateLine(kind, load, events);
      }),
    ]);
    this.all.set(server.origin, lines);
    return lines;
  }

  /** What the news come over now. */
  get kind(): LineKind | undefined {
    return this.current?.line.kind;
  }

  add(follower: Follower): void {
    const first = this.followers.size === 0;
    this.followers.add(follower);
    if (first) {
      this.watch = watchPage(this);
      this.connect();
      return;
    }
    if (this.current?.open) follower.opened();
    if (this.next?.open) this.next.line.follow(follower, follower.position);
  }

  remove(follower: Follower): void {
    if (!this.followers.delete(follower)) return;
    this.current?.line.unfollow(follower);
    this.next?.line.unfollow(follower);
    if (this.followers.size > 0) return;
    this.watch?.abort();
    this.left();
  }

  follow(follower: Follower, position: string | null): void {
    this.current?.line.follow(follower, position);
  }

  // The page tells:

  left(): void {
    const open = this.current?.open;
    this.next?.line.close();
    this.next = undefined;
    this.stop();
    if (open) for (const follower of this.followers) follower.lost();
  }

  returned(): void {
    if (this.current?.line.isSilent !== false) this.reconnect();
  }

  online(): void {
    this.ladder.reset();
    this.climb.reset();
    this.reconnect();
  }

  offline(): void {
    this.lost(0);
  }

  private readonly connect = (): void => {
    clearTimeout(this.timer);
    const wait = this.notBefore - Date.now();
    if (wait > 0) this.timer = setTimeout(this.connect, wait);
    else {
      this.current = this.open(this.ladder.rung);
      if (!this.current) this.lost(0);
    }
  };

  /** Undefined when the browser won't even try: some throw where the page's policy or the reader's settings take a way from them. */
  private open(rung: number): Held | undefined {
    const way = this.ways[rung];
    if (!way) return undefined;
    try {
      const held: Held = {
        rung,
        open: false,
        line: way({
          opened: () => { this.opened(held); },
          answered: (refused) => { this.answered(held, refused); },
          leaving: (milliseconds) => { this.replaceIn(milliseconds, held); },
          closed: (pause) => { this.closed(held, pause); },
        }),
      };
      return held;
    } catch {
      return undefined;
    }
  }

  private opened(held: Held): void {
    held.open = true;
    for (const follower of this.followers) {
      if (held === this.current) follower.opened();
      else held.line.follow(follower, follower.position);
    }
  }

  private answered(held: Held, refused: boolean): void {
    if (held.answeredAt !== undefined) return;
    if (held === this.next && refused) {
      // Where followers are refused it is no better than where they are served.
      held.line.close();
      this.closed(held, 0);
      return;
    }
    held.answeredAt = Date.now();
    if (held === this.next) {
      this.stop();
      this.takeOver(held);
    }
    this.ladder.answered();
    this.planClimb(0);
  }

  private takeOver(held: Held): void {
    this.current = held;
    this.next = undefined;
    this.ladder.stand(held.rung);
  }

  private closed(held: Held, pause: number): void {
    if (held === this.current) this.lost(pause);
    else if (held === this.next) {
      this.next = undefined;
      // The node that leaves has said when; there is nothing better to come, so it is left all the same.
      if (held.rung === this.current?.rung) this.lost(pause);
      else this.planClimb(pause);
    }
  }

  private lost(pause: number): void {
    const { current, next } = this;
    this.stop();
    const held = this.retry.lost(Date.now() - (current?.answeredAt ?? Infinity));
    if (held && this.ladder.rung === 0) this.climb.reset();
    for (const follower of this.followers) follower.lost();
    if (next) {
      // What was to take over is under way already.
      this.takeOver(next);
      if (next.open) this.opened(next);
      return;
    }
    this.ladder.lost(held);
    const wait = this.jittered(pause) + this.retry.next();
    if (pause > 0) this.notBefore = Date.now() + wait;
    this.timer = setTimeout(this.connect, wait);
  }

  private planClimb(pause: number): void {
    clearTimeout(this.changeTimer);
    if (this.ladder.rung === 0) return;
    this.changeTimer = setTimeout(() => { this.look(this.ladder.better()); }, this.jittered(pause) + this.climb.next());
  }

  /** The node goes away in a while, and says so to each reader at a time of its own: no need to wait for the break. */
  private replaceIn(milliseconds: number, leaving: Held): void {
    if (leaving !== this.current) return;
    clearTimeout(this.changeTimer);
    this.changeTimer = setTimeout(() => { this.look(leaving.rung); }, Math.min(milliseconds, LONGEST_PAUSE));
  }

  private look(rung: number | undefined): void {
    if (rung === undefined || this.next) return;
    this.next = this.open(rung);
    if (!this.next) this.planClimb(0);
  }

  private jittered(pause: number): number {
    return Math.min(pause, LONGEST_PAUSE) * (1 + this.random());
  }

  /** Drops what there is and tries again at once. */
  private reconnect(): void {
    this.left();
    this.retry.reset();
    this.connect();
  }

  /** Ends the current line, and all that was planned. */
  private stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.changeTimer);
    this.current?.line.close();
    this.current = undefined;
  }
}
