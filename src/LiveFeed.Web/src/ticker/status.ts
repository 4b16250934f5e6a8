import type { LineKind } from './line.js';
import type { Times } from './times.js';
import { words } from './words.js';

/** Milliseconds. A break that is mended sooner than `told` isn't worth a word; after `offline` the reader should know how old the page is. */
const AFTER = { told: 1_000, offline: 10_000 } as const;

export type State = 'connecting' | 'live' | 'polled' | 'reconnecting' | 'offline' | 'refused';

/** Says in words how the page stands to the feed. The element is a polite live region: assistive technology reads it out. */
export class Status {
  private wholeAt = new Date();
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly element: HTMLElement,
    private readonly times: Times,
    private readonly isClosed: boolean,
  ) {
    this.say('connecting', words.connecting);
  }

  /** The page is whole. What is pushed to it is live; a list that is asked for again and again is as fresh as its last answer. */
  live(kind: LineKind | undefined): void {
    this.clear();
    this.wholeAt = new Date();
    const state = kind === 'poll' ? 'polled' : 'live';
    this.say(state, this.isClosed ? words.closed : words[state]);
    // For operators, who want to know which way a reader's news come.
    if (kind) this.element.dataset['line'] = kind;
  }

  /** The line broke. What was whole when it last said so may not have been since. */
  lost(): void {
    if (this.timers.length > 0) return;
    this.timers = [
      setTimeout(() => { this.say('reconnecting', words.reconnecting); }, AFTER.told),
      setTimeout(() => { this.say('offline', words.offline(this.times.clock(this.wholeAt))); }, AFTER.offline),
    ];
  }

  /** The server refused the feed, for this reason. */
  refused(reason: string): void {
    this.clear();
    this.say('refused', words.refused(reason));
  }

  /** Nothing more is said. */
  clear(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  private say(state: State, text: string): void {
    this.element.dataset['state'] = state;
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
