import { type Answer, entriesPath, readEntry, readRevision, type Write } from './api.js';
import { askWhen } from './approval.js';
import { make } from '../dom.js';
import { Decisions } from './decisions.js';
import { type Draft, isNothing, writeOf, writtenOf } from './draft.js';
import { DraftList } from './draft-list.js';
import { askDraft, type DraftRequest, type KeptDraft } from './drafts.js';
import { Editor } from './editor.js';
import { type Entry, titleOf } from './entry.js';
import { EntryList, shortTime } from './entry-list.js';
import { showHelp } from './help.js';
import { Keeper } from './keeper.js';
import { nearDuplicate } from './near-duplicate.js';
import { Notice } from './notice.js';
import { inWords } from './outcome.js';
import { Preview } from './preview.js';
import { askForRetraction } from './retraction.js';
import type { Purpose, Sheet, Sheets } from './sheets.js';
import { Submitter } from './submission.js';
import { Unfinished } from './unfinished.js';
import { isTyping } from '../typing.js';

/** The parts of the page. */
export interface DeskPage {
  readonly feeds: HTMLSelectElement;
  readonly write: HTMLElement;
  readonly preview: HTMLElement;
  readonly drafts: HTMLElement;
  readonly entries: HTMLElement;
  readonly air: HTMLElement;
}

/** The newsroom's page: the form, its preview, the lists, the ticker beside, and the one submission of the form that may be under way. */
export class Desk {
  private readonly feeds: HTMLSelectElement;
  private readonly air: HTMLElement;
  private readonly mayPublish: boolean;
  private readonly preview: Preview;
  private readonly editor: Editor;
  private readonly notice: Notice;
  private readonly list: EntryList;
  private readonly drafts: DraftList;
  private readonly unfinished: Unfinished;
  private readonly submitter: Submitter<Purpose>;
  private keeper!: Keeper;
  private sheet!: Sheet;
  /** The entry that the writer knows to say nearly the same. */
  private warnedOf: string | undefined;

  /** `sheet`: what this tab was at when it was loaded. */
  constructor(
    { feeds, write, preview, drafts, entries, air }: DeskPage,
    private readonly sheets: Sheets,
    sheet: Sheet,
  ) {
    this.feeds = feeds;
    this.air = air;
    this.mayPublish = write.dataset['role'] !== 'reporter';
    this.preview = new Preview(preview);
    this.editor = new Editor(write, {
      send: () => void this.send(),
      later: () => void this.publishLater(),
      cancelled: () => { this.startAnew(true); },
      written: () => { this.written(); },
    }, () => this.feed, this.mayPublish);
    this.notice = new Notice(this.editor.footer);
    this.list = new EntryList(entries, () => this.feed, this.mayPublish, {
      edit: (entry) => void this.change('edit', entry),
      correct: (entry) => void this.change('correct', entry),
      pin: (entry) => {
        this.submitChange('pin', { method: 'PATCH', path: entriesPath(entry.feed, entry.id), revision: entry.revision, body: { pinned: entry.pinned !== true } });
      },
      retract: (entry) => void this.retract(entry),
    });
    this.unfinished = new Unfinished(write, sheets, {
      goOn: (id) => void this.goOn(id),
      live: (words) => {
        if (!this.submitter.isBusy) this.notice.say('good', words);
        this.list.refreshSoon();
      },
    });
    const decisions = new Decisions(this.notice, () => void this.drafts.refresh());
    this.drafts = new DraftList(drafts, () => this.feed, this.mayPublish, (id) => id === this.sheet.id || this.unfinished.has(id), {
      open: (draft) => void this.open(draft),
      publish: (draft) => { decisions.publish(draft); },
      sendBack: (draft) => void decisions.sendBack(draft),
      takeBack: (draft) => { decisions.takeBack(draft); },
      unschedule: (draft) => { decisions.unschedule(draft); },
      discard: (draft) => { decisions.discard(draft); },
      present: (writers) => { this.list.showWriters(writers); },
    });
    this.submitter = new Submitter<Purpose>({
      keep: (submission) => { this.keep({ ...this.sheet, submission }); },
      trying: (why) => { this.trying(why); },
      done: ({ context }, answer) => { this.done(context, answer); },
      signedOut: () => {
        this.notice.say('bad', 'You are signed out. Sign in again in another tab; what you wrote is kept here.', { 'Try again': () => { this.submitter.again(); }, Stop: () => { this.stop(); } });
      },
    });
    feeds.addEventListener('change', () => { this.showFeed(); });
    // The ticker beside follows the feed as readers do: what it is told of, whoever wrote it, belongs in the list.
    document.addEventListener('live-feed:changed', () => { this.list.refreshSoon(); });
    document.addEventListener('keydown', (event) => {
      if (isTyping(event)) return;
      if (event.key === '?') showHelp();
      else if (event.key === 'n') this.editor.focus();
      else return;
      event.preventDefault();
    });
    this.resume(sheet);
    this.list.refreshSoon();
    void this.unfinished.refresh();
  }

  private get feed(): string {
    return this.feeds.value;
  }

  private showFeed(): void {
    this.list.clear();
    if (this.feed === '') return;
    // A reload, and a bookmark, come back to this feed.
    history.replaceState(null, '', `?feed=${encodeURIComponent(this.feed)}`);
    this.air.querySelector('live-feed')?.remove();
    const ticker = make('live-feed' as 'div');
    ticker.setAttribute('feed', this.feed);
    const { lang = '', dir = '' } = this.feeds.selectedOptions[0] ?? {};
    Object.assign(ticker, { lang, dir });
    this.air.append(ticker);
    this.notice.clear();
    this.list.refreshSoon();
    void this.drafts.refresh();
  }

  // What is in the form, and where it is kept:

  /** Goes on with a sheet: with what was being written, and what was being sent of it. */
  private resume(sheet: Sheet): void {
    this.take(sheet);
    const { draft, submission, trouble } = sheet;
    if (!draft) this.editor.begin('new');
    else {
      if ([...this.feeds.options].some((option) => option.value === draft.feed)) this.feeds.value = draft.feed;
      this.editor.restore(draft);
    }
    if (this.air.querySelector('live-feed')?.getAttribute('feed') !== this.feed) this.showFeed();
    if (trouble !== undefined) this.notice.say('bad', `It was not published. ${trouble}`);
    if (submission) this.submitter.resume(submission);
  }

  private take(sheet: Sheet): void {
    this.sheet = sheet;
    this.editor.sayKept('');
    this.keeper = new Keeper(sheet.id, sheet.version, {
      kept: (version) => {
        this.keep({ ...this.sheet, version });
        this.editor.sayKept(`Kept as a draft ${new Date().toLocaleTimeString()}`);
      },
      notKept: (why) => { this.editor.sayKept(`Kept on this device alone. ${why}`); },
      changed: (theirs) => {
        this.notice.say('bad', `${theirs.changedBy} wrote in this draft too.`, { 'Take theirs': () => void this.open(theirs), 'Keep mine': () => { this.keeper.overwrite(theirs); this.notice.clear(); } });
      },
    });
  }

  /** Another sheet. What is in the form now is done with, or waits among what is unfinished. */
  private startAnew(isDone: boolean): void {
    const { feed } = this.editor.draft();
    if (isDone) void this.keeper.discard(feed).then(() => this.drafts.refresh());
    this.putAside(isDone);
    this.take(this.sheets.begin());
    this.editor.begin('new');
    void this.unfinished.refresh();
  }

  private putAside(isDone: boolean): void {
    // What was written in the last moment is kept on the device; the server gets it when it is gone on with.
    this.keeper.stop();
    if (isDone || !this.sheet.draft) this.sheets.forget(this.sheet.id);
    else this.sheets.leave(this.sheet.id);
  }

  /** Goes on with what another tab left. What is in the form now waits in its place. */
  private async goOn(id: string): Promise<void> {
    if (this.isBusy()) return;
    const sheet = await this.sheets.take(id);
    if (sheet) {
      this.putAside(false);
      this.sheets.goOnWith(id);
      this.notice.clear();
      this.resume(sheet);
      this.editor.focus();
    }
    await this.unfinished.refresh();
  }

  /** Goes on with a draft that the server keeps. What is in the form now waits among what is unfinished. */
  private async open({ feed, id }: KeptDraft): Promise<void> {
    if (this.isBusy()) return;
    const answer = await askDraft(feed, id, { method: 'GET' });
    if (answer.kind !== 'kept') {
      this.notice.say('bad', answer.kind === 'away' || answer.kind === 'refused' ? answer.why : 'It isn\'t a draft any more.');
      return;
    }
    const { draft } = answer;
    const { entryId, revision = 1, action } = draft.content;
    const entry = entryId === undefined ? undefined : await readRevision(feed, entryId, revision).catch(() => undefined);
    if (entryId !== undefined && !entry) {
      this.notice.say('bad', 'The item that it changes can\'t be read at the moment.');
      return;
    }
    if (id !== this.sheet.id) {
      if (!(await this.sheets.open(id))) {
        this.notice.say('bad', 'It is open in another tab of this browser.');
        return;
      }
      this.putAside(false);
      this.sheets.goOnWith(id);
    }
    this.notice.clear();
    this.take({ id, version: draft.version });
    this.editor.begin(action === 'edit' || action === 'correct' ? action : 'new', entry, writtenOf(draft, entry));
    await this.unfinished.refresh();
    await this.drafts.refresh();
  }

  private keep(sheet: Sheet): void {
    this.sheet = sheet;
    this.editor.warn(this.sheets.keep(sheet) ? '' : 'This browser keeps nothing of what you write: leave this tab open until it is live.');
  }

  /** Every change of the form is kept. */
  private written(): void {
    const draft = this.editor.draft();
    const { id, version, submission } = this.sheet;
    this.keep({ id, version, submission, draft: isNothing(draft) ? undefined : draft });
    this.keeper.follow(draft);
    this.preview.follow(draft);
    this.feeds.disabled = this.editor.isChange || this.submitter.isBusy;
  }

  private async change(task: 'edit' | 'correct', listed: Entry): Promise<void> {
    if (this.isBusy()) return;
    // What a write was answered with has no text: it may be there all the same.
    const entry = listed.body === undefined ? await readEntry(listed.feed, listed.id).catch(() => undefined) : listed;
    if (!entry) {
      this.notice.say('bad', 'The item can\'t be read at the moment. Try again in a while.');
      return;
    }
    this.notice.clear();
    this.startAnew(false);
    this.editor.begin(task, entry);
    const other = this.list.writerOf(entry.id);
    if (other !== undefined) this.notice.say('wait', `${other} is changing this item too.`);
  }

  // What is sent:

  private async send(): Promise<void> {
    if (this.submitter.isBusy) return;
    this.editor.clearErrors();
    const draft = this.editor.draft();
    const write = writeOf(draft, this.sheet.id);
    if (!write) this.notice.say('bad', 'Nothing was changed.');
    else if (!this.mayPublish) await this.handOver({ method: 'POST', what: 'submission' }, 'It waits for an editor.');
    else if (!this.warns(draft)) this.submitter.submit(write, 'draft');
  }

  private async publishLater(): Promise<void> {
    if (this.isBusy()) return;
    this.editor.clearErrors();
    const when = await askWhen(this.feeds.selectedOptions[0]?.dataset['zone'] ?? 'UTC');
    if (when) await this.handOver({ method: 'PUT', what: 'schedule', body: when }, 'It is scheduled.');
  }

  /** The draft on the server goes its own way from here. */
  private async handOver(request: DraftRequest, done: string): Promise<void> {
    this.editor.setBusy(true);
    this.notice.say('wait', 'Sending…');
    const version = await this.keeper.settle();
    const answer = version === undefined ? { kind: 'away', why: 'It couldn\'t be kept on the server yet; on this device it is.' } as const
      : await askDraft(this.editor.draft().feed, this.sheet.id, { ...request, version });
    this.editor.setBusy(false);
    if (answer.kind === 'kept') {
      // The server has it now: nothing of it is unfinished here.
      this.putAside(true);
      this.take(this.sheets.begin());
      this.editor.begin('new');
      this.notice.say('good', done);
    } else if (answer.kind === 'refused') {
      const isShown = this.editor.showError(answer.field, answer.why);
      this.notice.say('bad', isShown ? 'Not yet. See the field that is marked.' : answer.why);
    } else this.notice.say('bad', answer.kind === 'away' ? answer.why : 'Somebody else changed this draft meanwhile.');
    await this.drafts.refresh();
  }

  /** True when something on the air says nearly the same and the writer hasn't been told; to send it once more publishes it. */
  private warns(draft: Draft): boolean {
    const twin = draft.task === 'new' ? nearDuplicate(draft.fields, this.list.all, this.feeds.selectedOptions[0]?.lang ?? '') : undefined;
    if (!twin || this.warnedOf === twin.id) return false;
    this.warnedOf = twin.id;
    this.notice.say('bad', `Nearly the same is on the air since ${shortTime(twin.publishedAt)}: ${titleOf(twin)}`, { 'Publish it all the same': () => void this.send() });
    return true;
  }

  private async retract(entry: Entry): Promise<void> {
    if (this.isBusy()) return;
    const note = await askForRetraction(entry);
    if (note === undefined) return;
    const body = note === '' ? {} : { note };
    this.submitChange('retract', { method: 'POST', path: entriesPath(entry.feed, entry.id, 'retraction'), revision: entry.revision, body });
  }

  private submitChange(purpose: Purpose, write: Omit<Write, 'key'>): void {
    if (!this.isBusy()) this.submitter.submit(write, purpose);
  }

  private isBusy(): boolean {
    if (this.submitter.isBusy) this.notice.say('wait', 'Wait: the last thing that you sent is not live yet.', this.waitActions());
    return this.submitter.isBusy;
  }

  private trying(why?: string): void {
    this.editor.setBusy(true);
    this.feeds.disabled = true;
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
    this.list.refreshSoon();
  }

  private settle(): void {
    this.editor.setBusy(false);
    this.written();
  }

  private done(purpose: Purpose, answer: Exclude<Answer, { kind: 'unsure' | 'signed-out' }>): void {
    // The form was closed while it was sent: what it shows is what was sent.
    const draft = this.editor.draft();
    this.settle();
    this.list.refreshSoon();
    if (answer.kind === 'live') {
      this.list.put(answer.entry);
      this.warnedOf = undefined;
      if (purpose === 'draft') this.startAnew(true);
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
