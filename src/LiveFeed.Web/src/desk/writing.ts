import { readRevision } from './api.js';
import { isNothing, writtenOf } from './draft.js';
import { askDraft, type KeptDraft } from './drafts.js';
import type { Editor } from './editor.js';
import type { Entry } from './entry.js';
import { Keeper } from './keeper.js';
import type { Notice } from './notice.js';
import type { Sheet, Sheets } from './sheets.js';
import { say, sentence, timeInWords, told, type Why, words } from './words.js';

/** What becomes of what is in the form: it is done with, the server has it now, or it waits among what is unfinished. */
export type End = 'done' | 'handed over' | 'aside';

/** What happens when something else comes into the form. */
export interface WritingTells {
  /** What is kept, on the device or the server, has changed. */
  moved(): void;
  /** The writer takes what somebody else wrote in this draft. */
  takeTheirs(theirs: KeptDraft): void;
}

/** What is in the form, and where it is kept: every change on the device, every pause on the server. */
export class Writing {
  private keeper!: Keeper;
  private current!: Sheet;

  constructor(
    private readonly editor: Editor,
    private readonly notice: Notice,
    private readonly sheets: Sheets,
    private readonly tells: WritingTells,
  ) {}

  /** The sheet that is in the form. */
  get sheet(): Sheet {
    return this.current;
  }

  /** Goes on with a sheet that this tab holds. */
  resume(sheet: Sheet): void {
    this.take(sheet);
    if (sheet.draft) this.editor.restore(sheet.draft);
    else this.editor.begin('new');
  }

  /** Every change of the form is kept. */
  written(): void {
    const draft = this.editor.draft();
    const { id, version, submission } = this.current;
    this.keep({ id, version, submission, draft: isNothing(draft) ? undefined : draft });
    this.keeper.follow(draft);
  }

  /** Keeps what is being sent; undefined: its outcome is known. */
  keepSubmission(submission: Sheet['submission']): void {
    this.keep({ ...this.current, submission });
  }

  /** Has the server keep what it hasn't got yet; the version that it has. Undefined when that can't be known. */
  settle(): Promise<number | undefined> {
    return this.keeper.settle();
  }

  /** An empty form. */
  startAnew(end: End): void {
    if (end === 'done') void this.keeper.discard(this.editor.draft().feed).then(() => { this.tells.moved(); });
    this.putAside(end);
    this.take(this.sheets.begin());
    this.editor.begin('new');
    this.tells.moved();
  }

  /** An entry to change. What is in the form now waits among what is unfinished. */
  change(task: 'edit' | 'correct', entry: Entry): void {
    this.startAnew('aside');
    this.editor.begin(task, entry);
  }

  /** Goes on with what another tab left; false when another was quicker. What is in the form now waits in its place. */
  async takeLeft(id: string): Promise<Sheet | undefined> {
    const sheet = await this.sheets.take(id);
    if (sheet) this.goOnWith(id);
    return sheet;
  }

  /** Goes on with a draft that the server keeps; answers why not where that can't be. What is in the form now waits among what is unfinished. */
  async open({ feed, id }: KeptDraft): Promise<Why | undefined> {
    const answer = await askDraft(feed, id, { method: 'GET' });
    if (answer.kind !== 'kept') return answer.kind === 'away' || answer.kind === 'refused' ? answer.why : words.drafts.gone;
    const { draft } = answer;
    const { entryId, revision = 1, action } = draft.content;
    const entry = entryId === undefined ? undefined : await readRevision(feed, entryId, revision).catch(() => undefined);
    if (entryId !== undefined && !entry) return words.drafts.itemAway;
    if (id !== this.current.id) {
      if (!(await this.sheets.open(id))) return words.drafts.otherTab;
      this.goOnWith(id);
    }
    this.notice.clear();
    this.take({ id, version: draft.version });
    this.editor.begin(action === 'edit' || action === 'correct' ? action : 'new', entry, writtenOf(draft, entry));
    this.tells.moved();
    return undefined;
  }

  private goOnWith(id: string): void {
    this.putAside('aside');
    this.sheets.goOnWith(id);
  }

  private putAside(end: End): void {
    // What was written in the last moment is kept on the device; the server gets it when it is gone on with.
    this.keeper.stop();
    if (end !== 'aside' || !this.current.draft) this.sheets.forget(this.current.id);
    else this.sheets.leave(this.current.id);
  }

  private take(sheet: Sheet): void {
    this.current = sheet;
    this.editor.sayKept('');
    this.keeper = new Keeper(sheet.id, sheet.version, {
      kept: (version) => {
        this.keep({ ...this.current, version });
        this.editor.sayKept(say(words.keeping.kept, { time: timeInWords(new Date(), { timeStyle: 'medium' }) }));
      },
      notKept: (why) => { this.editor.sayKept(sentence(words.keeping.deviceAlone, { why: told(why) })); },
      changed: (theirs) => {
        this.notice.say('bad', sentence(words.keeping.both, { name: theirs.changedBy }), {
          [words.keeping.takeTheirs]: () => { this.tells.takeTheirs(theirs); },
          [words.keeping.keepMine]: () => {
            this.keeper.overwrite(theirs);
            this.notice.clear();
          },
        });
      },
    });
  }

  private keep(sheet: Sheet): void {
    this.current = sheet;
    this.editor.warn(this.sheets.keep(sheet) ? '' : words.keeping.nothing);
  }
}
