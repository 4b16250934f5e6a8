/** How long to wait between attempts. */
export interface RetryTimes {
  /** The upper bound of the first wait, in milliseconds; it doubles at every further attempt. */
  readonly first: number;
  /** No wait is longer than this, in milliseconds. */
  readonly longest: number;
  /** A connection that held this long was a good one: the next wait starts small again. Milliseconds. */
  readonly stable: number;
}

// A node that goes away leaves thousands of readers at the same moment: already the first wait is spread.
const DEFAULTS: RetryTimes = { first: 2_000, longest: 30_000, stable: 10_000 };

/**
 * Endless retries with full jitter: each wait is random between nothing and the bound. When a node goes away, its thousands
 * of readers come back spread over time and not all at once.
 */
export class Retry {
  private attempts = 0;

  constructor(
    private readonly random: () => number = Math.random,
    private readonly times: RetryTimes = DEFAULTS,
  ) {}

  /** How long to wait before the next attempt, in milliseconds. */
  next(): number {
    // 2^16 is beyond every bound; without the limit a tab left open for weeks would reach Infinity * 0 = NaN.
    const bound = Math.min(this.times.longest, this.times.first * 2 ** Math.min(this.attempts, 16));
    this.attempts += 1;
    return Math.floor(this.random() * bound);
  }

  /**
   * The connection broke that had worked for so many milliseconds. True when it was a good one: one that broke at once doesn't
   * count as success, or a crashing server would be hammered.
   */
  lost(worked: number): boolean {
    const held = worked >= this.times.stable;
    if (held) this.reset();
    return held;
  }

  /** Starts small again: the network is back, or the reader is. */
  reset(): void {
    this.attempts = 0;
  }
}
