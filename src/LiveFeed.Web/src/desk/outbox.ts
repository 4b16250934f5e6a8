import { type Answer, readEntry, type Write } from './api.js';
import type { Draft } from './draft.js';
import type { Editor } from './editor.js';
import type { Entry } from './entry.js';
import type { Notice } from './notice.js';
import { inWords } from './outcome.js';
import { ruleOf } from './rules.js';
import type { Purpose, Sheet } from './sheets.js';
import { Submitter } from './submission.js';
import { sentence, told, type Why, words } from './words.js';
import type { Writing } from './writing.js';

/** What follows from what was sent. */
export interface OutboxTells {
  /** While something is under way the form can be read, not changed. */
  busy(): void;
  /** Something is on the air; `took`: so many milliseconds after it was sent, where that was here. */
  live(entry: Entry, took: number | undefined): void;
  /** The list of what is on the air may be out of date. */
  stale(): void;
}

/** What the form sends: one thing at a time, until its outcome is known, with the words that the writer is told of it. */
export class Outbox {
  private readonly submitter: Submitter<Purpose>;
  private sentAt: number | undefined;

  constructor(
    private readonly editor: Editor,
    private readonly notice: Notice,
    private readonly writing: Writing,
    private readonly tells: OutboxTells,
  ) {
    this.submitter = new Submitter<Purpose>({
      keep: (submission) => { writing.keepSubmission(submission); },
      trying: (why) => { this.trying(why); },
      done: ({ context }, answer) => { this.done(context, answer); },
      signedOut: () => {
        const { signedOut, tryAgain, stop } = words.outbox;
        notice.say('bad', signedOut, { [tryAgain]: () => { this.submitter.again(); }, [stop]: () => { this.stop(); } });
      },
    });
  }

  get isBusy(): boolean {
    return this.submitter.isBusy;
  }

  /** Sends a write. Nothing happens, but that the writer is told, while another is under way. */
  send(purpose: Purpose, write: Omit<Write, 'key'>): void {
    if (this.refuses()) return;
    this.sentAt = performance.now();
    this.submitter.submit(write, purpose);
  }

  /** Goes on with what was under way when a page was left. */
  resume(submission: NonNullable<Sheet['submission']>): void {
    this.sentAt = undefined;
    this.submitter.resume(submission);
  }

  /** True, and the writer is told, while something is under way. */
  refuses(): boolean {
    if (this.isBusy) this.notice.say('wait', words.outbox.wait, this.waitActions());
    return this.isBusy;
  }

  private trying(why?: Why): void {
    this.editor.setBusy(true);
    this.tells.busy();
    if (why === undefined) this.notice.say('wait', words.outbox.sending);
    else this.notice.say('wait', sentence(words.outbox.trying, { why: told(why) }), this.waitActions());
  }

  private waitActions(): Record<string, () => void> {
    return { [words.outbox.tryNow]: () => { this.submitter.again(); }, [words.outbox.stopTrying]: () => { this.stop(); } };
  }

  private stop(): void {
    this.submitter.stop();
    this.settle();
    this.notice.say('bad', words.outbox.stopped);
    this.tells.stale();
  }

  private settle(): void {
    this.editor.setBusy(false);
    this.editor.written();
  }

  private done(purpose: Purpose, answer: Exclude<Answer, { kind: 'unsure' | 'signed-out' }>): void {
    // The form was closed while it was sent: what it shows is what was sent.
    const draft = this.editor.draft();
    this.settle();
    this.tells.stale();
    if (answer.kind === 'live') {
      this.tells.live(answer.entry, this.sentAt === undefined ? undefined : Math.round(performance.now() - this.sentAt));
      if (purpose === 'draft') this.writing.startAnew('done');
      this.notice.say('good', inWords(purpose, draft, answer.entry));
    } else if (answer.kind === 'refused') {
      const why = purpose === 'draft' ? ruleOf(answer.field, draft, answer.why) : answer.why;
      const isShown = purpose === 'draft' && this.editor.showError(answer.field, why);
      this.notice.say('bad', isShown ? words.outbox.seeField : told(why));
    } else if (purpose === 'draft') {
      void this.meet(draft, answer.newest);
    } else {
      this.notice.say('bad', words.outbox.changedMeanwhile);
    }
  }

  private async meet(draft: Draft, told: Entry | undefined): Promise<void> {
    this.notice.say('bad', words.outbox.notSaved);
    try {
      // What the refusal carries may lack the text, and to merge with an unknown text would empty it.
      const isWhole = told && (told.status === 'retracted' || told.body !== undefined);
      const newest = isWhole || !draft.entry ? told : await readEntry(draft.feed, draft.entry.id);
      if (newest?.status === 'live') this.editor.meet(newest);
      else {
        this.editor.detach();
        this.notice.say('bad', words.outbox.withdrawnMeanwhile);
      }
    } catch {
      this.notice.say('bad', words.outbox.notSavedUnreadable);
    }
  }
}
