import { button, make } from '../dom.js';
import { throwAway } from './drafts.js';
import { titleOf } from './entry.js';
import { inWords } from './outcome.js';
import { factsLine } from './rows.js';
import type { Purpose, Sheet, Sheets } from './sheets.js';
import { Submitter } from './submission.js';
import { sentence, timeInWords, told, words } from './words.js';

const { unfinished: texts } = words;

/** What happens with what was left. */
export interface UnfinishedActions {
  /** The writer goes on with it. */
  goOn(id: string): void;
  /** What was being sent is live; in words. */
  live(words: Node): void;
}

/**
 * What a closed tab or a crash left on this device. What it was sending is sent on at once, until it is known how it went; what it
 * was writing waits here to be gone on with.
 */
export class Unfinished {
  private readonly list = make('ul', { className: 'desk-list' });
  private readonly element = make('section', { className: 'desk-unfinished', hidden: true });
  /** What is being sent on, and how that stands. */
  private readonly sending = new Map<string, { readonly sheet: Sheet; readonly submitter: Submitter<Purpose>; word: () => Node }>();
  private left: readonly Sheet[] = [];

  constructor(
    place: HTMLElement,
    private readonly sheets: Sheets,
    private readonly actions: UnfinishedActions,
  ) {
    const title = make('h2', { id: 'unfinished-title', textContent: texts.title });
    this.element.setAttribute('aria-labelledby', title.id);
    this.element.append(title, this.list);
    place.prepend(this.element);
    // Another tab wrote, finished, or was closed meanwhile.
    window.addEventListener('storage', () => void this.refresh());
    window.addEventListener('focus', () => {
      for (const { submitter } of this.sending.values()) submitter.again();
      void this.refresh();
    });
  }

  /** Whether this is listed here. */
  has(id: string): boolean {
    return this.sending.has(id) || this.left.some((sheet) => sheet.id === id);
  }

  async refresh(): Promise<void> {
    for (const { id, submission } of await this.sheets.left()) {
      const sheet = submission && (await this.sheets.take(id));
      if (sheet) this.sendOn(sheet);
    }
    this.left = await this.sheets.left();
    this.render();
  }

  private sendOn(sheet: Sheet): void {
    if (!sheet.submission) return;
    const { id, draft } = sheet;
    const tell = (word: () => Node): void => {
      const entry = this.sending.get(id);
      if (entry) entry.word = word;
      this.render();
    };
    const submitter = new Submitter<Purpose>({
      keep: (submission) => { this.sheets.keep({ ...sheet, submission }); },
      trying: (why) => { tell(() => why === undefined ? told(texts.sending) : sentence(words.outbox.trying, { why: told(why) })); },
      signedOut: () => { tell(() => told(texts.signedOut)); },
      done: ({ context }, answer) => {
        this.sending.delete(id);
        if (answer.kind === 'live') {
          if (context === 'draft') forgetDraft(sheet);
          // What was written besides, while a pin was on its way, is still to be finished.
          this.sheets.keep({ ...sheet, submission: undefined, draft: context === 'draft' ? undefined : draft });
          this.actions.live(sentence(texts.live, { outcome: told(inWords(context, draft, answer.entry)), title: titleOf(answer.entry) }));
        } else {
          this.sheets.keep({ ...sheet, submission: undefined, trouble: answer.kind === 'refused' ? answer.why : texts.changed });
        }
        this.sheets.leave(id);
        void this.refresh();
      },
    });
    this.sending.set(id, { sheet, submitter, word: () => told('') });
    submitter.resume(sheet.submission);
  }

  private render(): void {
    this.list.replaceChildren(
      ...[...this.sending.values()].map(({ sheet, word }) => row(sheet, word())),
      ...this.left.map((sheet) => row(sheet, told(sheet.trouble ?? texts.notSent), this.ways(sheet))),
    );
    this.element.hidden = this.list.childElementCount === 0;
  }

  private ways(sheet: Sheet): HTMLElement {
    const { id } = sheet;
    const ways = make('div', { className: 'desk-row-actions' });
    const discard = button(texts.discard, () => {
      ways.replaceChildren(
        button(texts.discardForGood, () => {
          this.sheets.forget(id);
          forgetDraft(sheet);
          void this.refresh();
        }, 'desk-danger'),
        button(texts.keep, () => void this.refresh()));
      ways.querySelector('button')?.focus();
    });
    ways.append(button(texts.goOn, () => { this.actions.goOn(id); }), discard);
    return ways;
  }
}

/** What the server keeps of a sheet isn't needed any more. */
function forgetDraft({ id, draft, version }: Sheet): void {
  if (draft && version !== undefined) void throwAway(draft.feed, id);
}

function row(sheet: Sheet, word: Node, ...more: HTMLElement[]): HTMLLIElement {
  const { draft, keptAt = '' } = sheet;
  const facts = [...(draft ? [draft.feed] : []), timeInWords(new Date(keptAt), { dateStyle: 'short', timeStyle: 'short' }), word];
  const title = draft ? (draft.fields.headline ?? draft.fields.body ?? draft.entry?.headline) : undefined;
  return make('li', {},
    factsLine(...facts),
    make('p', { className: 'desk-row-text', dir: 'auto', textContent: title ?? texts.noWords }),
    ...more);
}
