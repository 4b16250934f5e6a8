import { clock } from './language.js';
import type { LineKind } from './line.js';
import { fill, type Words } from './words.js';

/** Milliseconds. A break that is mended sooner than `told` isn't worth a word; after `offline` the reader should know how old the page is. */
const AFTER = { told: 1_000, offline: 10_000 } as const;

export type State = 'connecting' | 'live' | 'polled' | 'paused' | 'reconnecting' | 'offline' | 'refused';

/** Says in words how the page stands to the feed. */
export class Status {
  private wholeAt = new Date();
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly element: HTMLElement,
    private readonly language: string | undefined,
    private readonly isClosed: boolean,
    private readonly words: Words['ticker'],
  ) {
    this.say('connecting', words.connecting);
  }

  /** The page is whole. What is pushed to it is live; a list that is asked for again and again is as fresh as its last answer. */
  live(kind: LineKind | undefined): void {
    this.clear();
    this.wholeAt = new Date();
    const state = kind === 'poll' ? 'polled' : 'live';
    this.say(state, this.isClosed ? this.words.closed : this.words[state]);
    // For operators, who want to know which way a reader's news come.
    if (kind) this.element.dataset['line'] = kind;
  }

  /** The reader stopped the page at this time. */
  paused(at: Date): void {
    this.clear();
    this.wholeAt = at;
    this.say('paused', this.words.paused);
  }

  /** The line broke. What was whole when it last said so may not have been since. */
  lost(): void {
    if (this.timers.length > 0) return;
    this.timers = [
      setTimeout(() => { this.say('reconnecting', this.words.reconnecting); }, AFTER.told),
      setTimeout(() => { this.say('offline', this.words.offline); }, AFTER.offline),
    ];
  }

  /** The server refused the feed, for this reason. */
  refused(reason: string): void {
    this.clear();
    this.say('refused', this.words.refused, reason);
  }

  /** Nothing more is said. */
  clear(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  private say(state: State, text: string, reason = ''): void {
    // A change is read out by assistive technology; that the clock went on is not.
    this.element.ariaLive = this.element.dataset['state'] === state ? 'off' : 'polite';
    this.element.dataset['state'] = state;
    const said = fill(text, undefined, { time: clock(this.wholeAt, this.language), reason });
    if (this.element.textContent !== said) this.element.textContent = said;
  }
}
