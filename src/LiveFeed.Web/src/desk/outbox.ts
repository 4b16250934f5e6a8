import { type Answer, readEntry, type Write } from './api.js';
import type { Draft } from './draft.js';
import type { Editor } from './editor.js';
import type { Entry } from './entry.js';
import type { Notice } from './notice.js';
import { inWords } from './outcome.js';
import type { Purpose, Sheet } from './sheets.js';
import { Submitter } from './submission.js';
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
        notice.say('bad', 'You are signed out. Sign in again in another tab; what you wrote is kept here.', { 'Try again': () => { this.submitter.again(); }, Stop: () => { this.stop(); } });
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
    if (this.isBusy) this.notice.say('wait', 'Wait: the last thing that you sent is not live yet.', this.waitActions());
    return this.isBusy;
  }

  private trying(why?: string): void {
    this.editor.setBusy(true);
    this.tells.busy();
    if (why === undefined) this.notice.say('wait', 'Sending…');
    else this.notice.say('wait', `Not live yet, trying again. ${why}`, this.waitActions());
  }

  private waitActions(): Record<string, () => void> {
    return { 'Try now': () => { this.submitter.again(); }, 'Stop trying': () => { this.stop(); } };
  }

  private stop(): void {
    this.submitter.stop();
    this.settle();
    this.notice.say('bad', 'Stopped. It may still go live: look at the list before you send it again.');
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
      const isShown = purpose === 'draft' && this.editor.showError(answer.field, answer.why);
      this.notice.say('bad', isShown ? 'It was not published. See the field that is marked.' : answer.why);
    } else if (purpose === 'draft') {
      void this.meet(draft, answer.newest);
    } else {
      this.notice.say('bad', 'Somebody else changed this item meanwhile. Look at it as it is now, and try again.');
    }
  }

  private async meet(draft: Draft, told: Entry | undefined): Promise<void> {
    this.notice.say('bad', 'Not saved: somebody else changed this item meanwhile.');
    try {
      // What the refusal carries may lack the text, and to merge with an unknown text would empty it.
      const isWhole = told && (told.status === 'retracted' || told.body !== undefined);
      const newest = isWhole || !draft.entry ? told : await readEntry(draft.feed, draft.entry.id);
      if (newest?.status === 'live') this.editor.meet(newest);
      else {
        this.editor.detach();
        this.notice.say('bad', 'This item was withdrawn meanwhile. What you wrote is still in the form: publish it as a new item, or leave it.');
      }
    } catch {
      this.notice.say('bad', 'Not saved: somebody else changed this item meanwhile, and it can\'t be read at the moment. Send it again in a while.');
    }
  }
}
