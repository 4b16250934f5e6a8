import { entriesPath, readEntry } from './api.js';
import { askWhen } from './approval.js';
import { make } from '../dom.js';
import { Decisions } from './decisions.js';
import { type Draft, writeOf } from './draft.js';
import { DraftList } from './draft-list.js';
import { askDraft, type DraftRequest, type KeptDraft } from './drafts.js';
import { Editor } from './editor.js';
import { type Entry, titleOf } from './entry.js';
import { EntryList, shortTime } from './entry-list.js';
import { showHelp } from './help.js';
import { nearDuplicate } from './near-duplicate.js';
import { Notice } from './notice.js';
import { Outbox } from './outbox.js';
import { Preview } from './preview.js';
import { ReceiptLine } from './receipt.js';
import { askForRetraction } from './retraction.js';
import { ruleOf } from './rules.js';
import type { Sheet, Sheets } from './sheets.js';
import { Unfinished } from './unfinished.js';
import { isTyping } from '../typing.js';
import { sentence, told, words } from './words.js';
import { Writing } from './writing.js';

/** The parts of the page. */
export interface DeskPage {
  readonly feeds: HTMLSelectElement;
  readonly write: HTMLElement;
  readonly preview: HTMLElement;
  readonly drafts: HTMLElement;
  readonly entries: HTMLElement;
  readonly air: HTMLElement;
}

/** The newsroom's page: what the writer does with the form and the lists, and the ticker beside. */
export class Desk {
  private readonly feeds: HTMLSelectElement;
  private readonly air: HTMLElement;
  private readonly mayPublish: boolean;
  private readonly preview: Preview;
  private readonly editor: Editor;
  private readonly notice: Notice;
  private readonly receipt: ReceiptLine;
  private readonly writing: Writing;
  private readonly outbox: Outbox;
  private readonly list: EntryList;
  private readonly drafts: DraftList;
  private readonly unfinished: Unfinished;
  /** The entry that the writer knows to say nearly the same. */
  private warnedOf: string | undefined;

  /** `sheet`: what this tab was at when it was loaded. */
  constructor({ feeds, write, preview, drafts, entries, air }: DeskPage, sheets: Sheets, sheet: Sheet) {
    this.feeds = feeds;
    this.air = air;
    this.mayPublish = write.dataset['role'] !== 'reporter';
    this.preview = new Preview(preview);
    this.editor = new Editor(write, {
      send: () => void this.send(),
      later: () => void this.publishLater(),
      cancelled: () => { this.writing.startAnew('done'); },
      written: () => { this.written(); },
    }, () => this.feed, this.mayPublish);
    this.notice = new Notice(this.editor.footer);
    this.receipt = new ReceiptLine(this.editor.footer);
    this.writing = new Writing(this.editor, this.notice, sheets, {
      moved: () => void this.refreshKept(),
      takeTheirs: (theirs) => void this.open(theirs),
    });
    this.outbox = new Outbox(this.editor, this.notice, this.writing, {
      busy: () => { this.feeds.disabled = true; },
      live: (entry, took) => {
        this.list.put(entry);
        this.receipt.follow(entry, took);
        this.warnedOf = undefined;
      },
      stale: () => { this.list.refreshSoon(); },
    });
    this.list = new EntryList(entries, () => this.feed, this.mayPublish, {
      edit: (entry) => void this.change('edit', entry),
      correct: (entry) => void this.change('correct', entry),
      pin: (entry) => {
        this.outbox.send('pin', { method: 'PATCH', path: entriesPath(entry.feed, entry.id), revision: entry.revision, body: { pinned: entry.pinned !== true } });
      },
      retract: (entry) => void this.retract(entry),
    });
    this.unfinished = new Unfinished(write, sheets, {
      goOn: (id) => void this.goOn(id),
      live: (outcome) => {
        if (!this.outbox.isBusy) this.notice.say('good', outcome);
        this.list.refreshSoon();
      },
    });
    const decisions = new Decisions(this.notice, () => void this.drafts.refresh());
    this.drafts = new DraftList(drafts, () => this.feed, this.mayPublish, (id) => id === this.writing.sheet.id || this.unfinished.has(id), {
      open: (draft) => void this.open(draft),
      publish: (draft) => { decisions.publish(draft); },
      sendBack: (draft) => void decisions.sendBack(draft),
      takeBack: (draft) => { decisions.takeBack(draft); },
      unschedule: (draft) => { decisions.unschedule(draft); },
      discard: (draft) => { decisions.discard(draft); },
      present: (writers) => { this.list.showWriters(writers); },
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
    this.receipt.stop();
    this.list.refreshSoon();
    void this.drafts.refresh();
  }

  private async refreshKept(): Promise<void> {
    await this.unfinished.refresh();
    await this.drafts.refresh();
  }

  // What comes into the form:

  /** Goes on with a sheet: with what was being written, and what was being sent of it. */
  private resume(sheet: Sheet): void {
    const { draft, submission, trouble } = sheet;
    if (draft && [...this.feeds.options].some((option) => option.value === draft.feed)) this.feeds.value = draft.feed;
    this.writing.resume(sheet);
    if (this.air.querySelector('live-feed')?.getAttribute('feed') !== this.feed) this.showFeed();
    if (trouble !== undefined) this.notice.say('bad', sentence(words.outbox.notPublished, { why: told(trouble) }));
    if (submission) this.outbox.resume(submission);
  }

  private async goOn(id: string): Promise<void> {
    if (this.outbox.refuses()) return;
    const sheet = await this.writing.takeLeft(id);
    if (sheet) {
      this.notice.clear();
      this.resume(sheet);
      this.editor.focus();
    }
    await this.unfinished.refresh();
  }

  private async open(draft: KeptDraft): Promise<void> {
    if (this.outbox.refuses()) return;
    const why = await this.writing.open(draft);
    if (why !== undefined) this.notice.say('bad', told(why));
  }

  private async change(task: 'edit' | 'correct', listed: Entry): Promise<void> {
    if (this.outbox.refuses()) return;
    // What a write was answered with has no text: it may be there all the same. Until it is known, nothing is typed into what is going away.
    this.editor.setBusy(true);
    const entry = listed.body === undefined ? await readEntry(listed.feed, listed.id).catch(() => undefined) : listed;
    this.editor.setBusy(false);
    if (!entry) {
      this.notice.say('bad', words.entries.itemAway);
      return;
    }
    this.notice.clear();
    this.writing.change(task, entry);
    const other = this.list.writerOf(entry.id);
    if (other !== undefined) this.notice.say('wait', sentence(words.entries.writerToo, { name: other }));
  }

  private written(): void {
    this.writing.written();
    this.preview.follow(this.editor.draft());
    this.feeds.disabled = this.editor.isChange || this.outbox.isBusy;
  }

  // What goes out of it:

  private async send(): Promise<void> {
    if (this.outbox.isBusy || this.waitsForPicture()) return;
    this.editor.clearErrors();
    const draft = this.editor.draft();
    const write = writeOf(draft, this.writing.sheet.id);
    if (!write) this.notice.say('bad', words.editor.nothingChanged);
    else if (!this.mayPublish) await this.handOver({ method: 'POST', what: 'submission' }, words.drafts.waits);
    else if (!this.warns(draft)) this.outbox.send('draft', write);
  }

  private async publishLater(): Promise<void> {
    if (this.outbox.refuses() || this.waitsForPicture()) return;
    this.editor.clearErrors();
    const when = await askWhen(this.feeds.selectedOptions[0]?.dataset['zone'] ?? 'UTC');
    if (when) await this.handOver({ method: 'PUT', what: 'schedule', body: when }, words.drafts.isScheduled);
  }

  /** True, and the writer is told, while the item's picture is on its way: without it another item would be sent. */
  private waitsForPicture(): boolean {
    if (this.editor.isSendingPicture) this.notice.say('wait', words.outbox.pictureOnItsWay);
    return this.editor.isSendingPicture;
  }

  /** The draft on the server goes its own way from here. */
  private async handOver(request: DraftRequest, done: string): Promise<void> {
    this.editor.setBusy(true);
    this.notice.say('wait', words.outbox.sending);
    const version = await this.writing.settle();
    const answer = version === undefined ? { kind: 'away', why: words.keeping.notYet } as const
      : await askDraft(this.editor.draft().feed, this.writing.sheet.id, { ...request, version });
    this.editor.setBusy(false);
    if (answer.kind === 'kept') {
      this.writing.startAnew('handed over');
      this.notice.say('good', done);
    } else if (answer.kind === 'refused') {
      const why = ruleOf(answer.field, this.editor.draft(), answer.why);
      const isShown = this.editor.showError(answer.field, why);
      this.notice.say('bad', isShown ? words.drafts.notYet : told(why));
    } else this.notice.say('bad', told(answer.kind === 'away' ? answer.why : words.drafts.changed));
    await this.drafts.refresh();
  }

  /** True when something on the air says nearly the same and the writer hasn't been told; to send it once more publishes it. */
  private warns(draft: Draft): boolean {
    const twin = draft.task === 'new' ? nearDuplicate(draft.fields, this.list.all, this.feeds.selectedOptions[0]?.lang ?? '') : undefined;
    if (!twin || this.warnedOf === twin.id) return false;
    this.warnedOf = twin.id;
    this.notice.say('bad', sentence(words.editor.nearDuplicate, { time: shortTime(twin.publishedAt), title: titleOf(twin) }), { [words.editor.allTheSame]: () => void this.send() });
    return true;
  }

  private async retract(entry: Entry): Promise<void> {
    if (this.outbox.refuses()) return;
    const note = await askForRetraction(entry, this.feeds.selectedOptions[0]?.lang ?? '');
    if (note === undefined) return;
    this.outbox.send('retract', { method: 'POST', path: entriesPath(entry.feed, entry.id, 'retraction'), revision: entry.revision, body: note === '' ? {} : { note } });
  }
}
