import { make } from '../dom.js';
import { type KeptDraft, listDrafts } from './drafts.js';
import { shortTime } from './entry-list.js';
import { inEnglish } from './request.js';
import { factsLine, redraw, rowButton } from './rows.js';
import { say, told, words } from './words.js';

const { drafts: texts } = words;

/** Milliseconds from one look at the drafts to the next. */
const EVERY = 5_000;

/** Milliseconds since the last keystroke in which somebody counts as being at it. */
const AT_IT = 120_000;

/** What can be done with a draft of the list. */
export interface DraftActions {
  readonly open: (draft: KeptDraft) => void;
  readonly publish: (draft: KeptDraft) => void;
  readonly sendBack: (draft: KeptDraft) => void;
  readonly takeBack: (draft: KeptDraft) => void;
  readonly unschedule: (draft: KeptDraft) => void;
  readonly discard: (draft: KeptDraft) => void;
  /** Who is writing at which entry just now, besides this writer. */
  readonly present: (writers: ReadonlyMap<string, string>) => void;
}

/** What isn't on the air yet: what waits for an editor, what is scheduled, what is being written. */
export class DraftList {
  private readonly list = make('ol', { className: 'desk-list' });
  private shown = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `feed`: the slug of the feed that is shown now. `isElsewhere`: whether a draft is in the form, or listed as unfinished. */
  constructor(
    private readonly section: HTMLElement,
    private readonly feed: () => string,
    private readonly mayPublish: boolean,
    private readonly isElsewhere: (id: string) => boolean,
    private readonly actions: DraftActions,
  ) {
    const title = make('h2', { id: 'drafts-title', textContent: texts.title });
    section.setAttribute('aria-labelledby', title.id);
    section.append(title, this.list);
    document.addEventListener('visibilitychange', () => void this.refresh());
    void this.refresh();
  }

  /** Reads the list again, and from then on every few seconds while it can be seen. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    const feed = this.feed();
    if (document.hidden || feed === '') return;
    try {
      const drafts = await listDrafts(feed);
      if (feed === this.feed()) this.show(drafts);
    } catch {
      // The list of what is on the air says that the server is away.
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), EVERY);
  }

  private show(drafts: readonly KeptDraft[]): void {
    this.actions.present(new Map(drafts
      .filter(({ mine, content, changedAt }) => !mine && content.entryId !== undefined && Date.now() - Date.parse(changedAt) < AT_IT)
      .map(({ content, changedBy }) => [content.entryId ?? '', changedBy])));
    const listed = drafts.filter(({ id }) => !this.isElsewhere(id)).sort((a, b) => rank(a) - rank(b));
    // Drawn anew only for news: whoever stands on a button stays there.
    const text = JSON.stringify(listed);
    if (text === this.shown) return;
    this.shown = text;
    redraw(this.list, listed.map((draft) => this.row(draft)));
    this.section.hidden = listed.length === 0;
  }

  private row(draft: KeptDraft): HTMLLIElement {
    const facts = [stateOf(draft), draft.author, shortTime(draft.changedAt), ...(draft.content.entryId === undefined ? [] : [texts.change])];
    const { problem, returnNote } = draft;
    const said = problem === undefined ? returnNote : told(inEnglish(problem));
    return make('li', {},
      factsLine(...facts),
      make('p', { className: 'desk-row-text', dir: 'auto', textContent: titleOf(draft) }),
      ...(said === undefined ? [] : [make('p', { className: 'desk-error', dir: 'auto' }, said)]),
      make('div', { className: 'desk-row-actions' }, ...this.ways(draft).map(([way, run]) =>
        rowButton(way, texts[way], { id: draft.id, title: titleOf(draft) }, () => { run(draft); }))));
  }

  private ways({ state, mine }: KeptDraft): [way: keyof DraftActions & keyof typeof texts, run: (draft: KeptDraft) => void][] {
    const { open, publish, sendBack, takeBack, unschedule, discard } = this.actions;
    switch (state) {
      case 'submitted': return this.mayPublish ? [['open', open], ['publish', publish], ['sendBack', sendBack]] : mine ? [['takeBack', takeBack]] : [];
      case 'scheduled': return this.mayPublish ? [['unschedule', unschedule]] : [];
      case 'writing':
      case 'returned': return [['open', open], ['discard', discard]];
      default: return [];
    }
  }
}

/** What an editor must see to comes first. */
function rank({ state }: KeptDraft): number {
  return ['publishing', 'submitted', 'scheduled', 'returned', 'writing'].indexOf(state);
}

function stateOf({ state, scheduledFor }: KeptDraft): string {
  switch (state) {
    case 'submitted': return texts.submitted;
    case 'returned': return texts.returned;
    case 'scheduled': return say(texts.scheduled, { time: shortTime(scheduledFor ?? '', 'medium') });
    case 'publishing': return texts.publishing;
    default: return texts.writing;
  }
}

function titleOf({ content, excerpt }: KeptDraft): string {
  return content.headline ?? excerpt ?? texts.noWords;
}
