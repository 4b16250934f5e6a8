import type { Entry, Followed } from './entry.js';
import { formatPosition, isBehind, parsePosition, type Position } from './position.js';
import { Retry } from './retry.js';

/** Where the entries go. */
export interface FeedView {
  /** Forget all that was held and show these. */
  reset(entries: readonly Entry[]): void;
  /** Show this state of an entry, if it is newer than what is held. */
  apply(entry: Entry): void;
}

/** What the client needs from outside; a test gives it a clock of its own. */
export interface FeedPort {
  /** Follows from a position; the answer comes to `followed`, a refusal to `refused`, and neither when the line breaks. */
  follow(position: string | null): void;
  /** Runs `action` after `milliseconds`. */
  later(milliseconds: number, action: () => void): void;
}

/** News may overtake the word of it, or be under way: only a gap that stays this long, in milliseconds, is a stall. */
const STALL = 3_000;

/** As many pushed changes wait for an answer at most. */
const WAITING = 1_000;

/**
 * Keeps a view whole: follows from a position, applies changes in order, sees holes and asks for what it missed. Whatever
 * breaks, what comes next is one `Follow` with the position that the view stands at.
 */
export class FeedClient {
  /** Undefined: nothing was seen yet. */
  position: Position | undefined;
  private state: 'lost' | 'asking' | 'live' = 'lost';
  private waiting: { entry: Entry; previous: number }[] = [];
  /** Counts lines, so that what was planned on one isn't done on the next. */
  private line = 0;
  private watching = false;
  private readonly retry: Retry;

  constructor(
    private readonly view: FeedView,
    private readonly port: FeedPort,
    position?: Position,
    random: () => number = Math.random,
  ) {
    this.position = position;
    this.retry = new Retry(random, { first: 4_000, longest: 60_000, stable: 0 });
  }

  /** True while the view is whole, as far as anyone can know. */
  get isLive(): boolean {
    return this.state === 'live';
  }

  /** The line is open. */
  opened(): void {
    this.line += 1;
    this.ask();
  }

  /** Forgets what was seen: the newest is shown next. */
  restart(): void {
    this.position = undefined;
    if (this.state === 'live') this.ask();
  }

  /** The line broke. What was waiting for an answer comes again with the next one. */
  lost(): void {
    this.line += 1;
    this.state = 'lost';
    this.waiting = [];
    this.watching = false;
  }

  /** The answer to `Follow`, or one that nobody asked for: a poll's, or that of a line which takes the place of ours. */
  followed(answer: Followed): void {
    const position = parsePosition(answer.position);
    const before = this.position;
    if (!position) throw new TypeError(`The server's position "${answer.position}" is not one.`);
    // A node that lags behind the one we were on may not take the view back: what we hold is newer than what it would show.
    if (before === undefined || !isBehind(position, before)) {
      if (answer.reset) this.view.reset(answer.entries);
      else for (const entry of answer.entries) this.view.apply(entry);
      this.position = position;
    }
    this.state = 'live';
    if (this.waiting.length > 0 && before !== undefined && before.epoch !== position.epoch) {
      // What waits may be of the log that is left: a push doesn't say of which it is, and put into the new one it would be a lie.
      this.waiting = [];
      this.ask();
      return;
    }
    // A hole that this answer didn't fill at all isn't asked about again at once, or a confused server would be asked without end.
    if (!this.drain()) this.ask(before?.epoch === this.position?.epoch && before?.seq === this.position?.seq);
  }

  /** `Follow` was refused. The reason may pass (a feed not made yet, too many calls), so it is asked again, not too soon. */
  refused(): void {
    this.ask(true);
  }

  /** A change was pushed. Who holds everything up to `previous` and applies it is whole up to `entry.seq`. */
  updated(entry: Entry, previous: number): void {
    if (this.state === 'lost') return;
    this.waiting.push({ entry, previous });
    // An answer that never comes may not cost memory without end. What is dropped here is seen as a hole and asked for.
    if (this.waiting.length > WAITING) this.waiting.shift();
    if (this.state === 'live' && !this.drain()) this.ask();
  }

  /** The server says how far the feed is. */
  told(text: string): void {
    const told = parsePosition(text);
    if (!told || !this.position || this.state !== 'live') return;
    if (told.epoch !== this.position.epoch) this.ask();
    else if (told.seq > this.position.seq) this.watch(told.seq);
  }

  private ask(later = false): void {
    this.state = 'asking';
    if (!later) {
      this.port.follow(this.position ? formatPosition(this.position) : null);
      return;
    }
    const { line } = this;
    this.port.later(this.retry.next(), () => {
      if (this.line === line && this.state === 'asking') this.ask();
    });
  }

  /** Applies what waits, in order. False at a hole: the rest goes on waiting, since the answer may bring less than was pushed meanwhile. */
  private drain(): boolean {
    for (let next = this.waiting[0]; next && this.position; next = this.waiting[0]) {
      const { entry, previous } = next;
      if (entry.seq > this.position.seq) {
        if (previous > this.position.seq) return false;
        this.view.apply(entry);
        this.position = { epoch: this.position.epoch, seq: entry.seq };
      }
      this.waiting.shift();
    }
    this.retry.reset();
    return true;
  }

  private watch(seq: number): void {
    if (this.watching) return;
    this.watching = true;
    const { line } = this;
    this.port.later(STALL, () => {
      if (this.line !== line) return;
      this.watching = false;
      if (this.state === 'live' && (this.position?.seq ?? 0) < seq) this.ask();
    });
  }
}
