import { Retry } from '../ticker/retry.js';
import { type Answer, send, type Write } from './api.js';
import type { Why } from './words.js';

/** A write with what the writer was at: enough to go on after the page was loaded again. */
export interface Submission<TContext> {
  readonly write: Write;
  readonly context: TContext;
}

/** What a submission tells while it goes on. */
export interface Progress<TContext> {
  /** To be kept until `done`: with it, what is sent goes on after the page was left. Undefined: no more. */
  keep(submission: Submission<TContext> | undefined): void;
  /** Sent; or about to be sent again, and why. */
  trying(why?: Why): void;
  /** The outcome is known. */
  done(submission: Submission<TContext>, answer: Exclude<Answer, { kind: 'unsure' | 'signed-out' }>): void;
  /** Nothing can be sent until the writer has signed in again; `again` goes on. */
  signedOut(): void;
}

/**
 * Sends a write until its outcome is known, always with the same key, so that it happens once however often it is sent.
 * It is handed out to be kept meanwhile: neither a broken network nor a closed tab makes two of it, or loses it.
 */
export class Submitter<TContext> {
  private readonly retry = new Retry(Math.random, { first: 2_000, longest: 30_000, stable: 0 });
  private current: Submission<TContext> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;

  constructor(private readonly progress: Progress<TContext>) {
    window.addEventListener('online', () => { this.again(); });
  }

  get isBusy(): boolean {
    return this.current !== undefined;
  }

  /** Goes on with what was under way when a page was left. */
  resume(submission: Submission<TContext>): void {
    this.go(submission);
  }

  /** Sends a write. The key is made here, once. Only one is under way at a time. */
  submit(write: Omit<Write, 'key'>, context: TContext): void {
    if (this.current) throw new Error('A submission is under way.');
    this.retry.reset();
    this.go({ write: { ...write, key: crypto.randomUUID() }, context });
  }

  /** Tries again now. */
  again(): void {
    if (this.current && !this.sending) this.go(this.current);
  }

  /** Stops trying. Whether it went live is not known then. */
  stop(): void {
    this.forget();
  }

  private go(submission: Submission<TContext>): void {
    clearTimeout(this.timer);
    this.current = submission;
    this.progress.keep(submission);
    this.progress.trying();
    this.sending = true;
    void send(submission.write).then((answer) => {
      // Stopped meanwhile: the answer is nobody's any more.
      if (this.current !== submission) return;
      this.sending = false;
      this.take(submission, answer);
    });
  }

  private take(submission: Submission<TContext>, answer: Answer): void {
    if (answer.kind === 'signed-out') this.progress.signedOut();
    else if (answer.kind === 'unsure') {
      this.progress.trying(answer.why);
      // At least a second: a queue that is behind isn't helped by being asked again at once.
      this.timer = setTimeout(() => { this.again(); }, Math.max(1_000, answer.after ?? 0, this.retry.next()));
    } else {
      this.forget();
      this.progress.done(submission, answer);
    }
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.current = undefined;
    this.sending = false;
    this.progress.keep(undefined);
  }
}
