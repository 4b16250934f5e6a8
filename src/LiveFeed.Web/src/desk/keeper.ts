import { contentOf, type Draft, isNothing } from './draft.js';
import { askDraft, type KeptDraft, throwAway } from './drafts.js';
import { type Why, words } from './words.js';

/** Milliseconds without a keystroke before it is kept. */
const PAUSE = 800;

/** Milliseconds until it is tried again, when the server is away. */
const AGAIN = 5_000;

/** What a keeper tells. */
export interface KeeperTells {
  /** It is kept, as this version. */
  kept(version: number): void;
  /** It isn't kept on the server, and why; on the device it is. */
  notKept(why: Why): void;
  /** Somebody else wrote in this draft; nothing is kept until the writer has chosen. */
  changed(theirs: KeptDraft): void;
}

/** Keeps what is written as a draft on the server, at every pause in the typing: one save at a time, always the newest. */
export class Keeper {
  private draft: Draft | undefined;
  private saved: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private isHalted = false;

  /** `version`: of the draft on the server, if it is there. */
  constructor(
    private readonly id: string,
    private version: number | undefined,
    private readonly tells: KeeperTells,
  ) {}

  follow(draft: Draft): void {
    this.draft = draft;
    this.saveIn(PAUSE);
  }

  /** The writer's own text goes on, over somebody else's. */
  overwrite(theirs: KeptDraft): void {
    this.version = theirs.version;
    this.isHalted = false;
    this.saveIn(0);
  }

  /** Saves what isn't saved, now. The version that stands on the server; undefined when that can't be known. */
  async settle(): Promise<number | undefined> {
    clearTimeout(this.timer);
    await this.save();
    return this.isHalted || this.draft === undefined || this.saved !== textOf(this.draft) ? undefined : this.version;
  }

  /** Nothing more is kept: it is on the air, or nobody's any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.isHalted = true;
  }

  /** Nothing more is kept, and what was is thrown away. */
  async discard(feed: string): Promise<void> {
    this.stop();
    await this.saving;
    if (this.version !== undefined) await throwAway(feed, this.id);
  }

  private saveIn(pause: number): void {
    clearTimeout(this.timer);
    if (!this.isHalted) this.timer = setTimeout(() => void this.save(), pause);
  }

  private save(): Promise<void> {
    this.saving = this.saving.then(() => this.saveNow());
    return this.saving;
  }

  private async saveNow(): Promise<void> {
    const { draft } = this;
    // A change is kept as soon as it is begun: others see who is at it.
    if (this.isHalted || !draft || (this.version === undefined && draft.task === 'new' && isNothing(draft))) return;
    const text = textOf(draft);
    if (text === this.saved) return;
    const answer = await askDraft(draft.feed, this.id, { method: 'PUT', version: this.version, body: contentOf(draft) });
    if (answer.kind === 'kept') {
      this.version = answer.draft.version;
      this.saved = text;
      this.tells.kept(this.version);
    } else if (answer.kind === 'changed') {
      this.stop();
      this.tells.changed(answer.draft);
    } else if (answer.kind === 'gone') {
      this.stop();
      this.tells.notKept(words.keeping.thrownAway);
    } else {
      this.tells.notKept(answer.kind === 'refused' || answer.kind === 'away' ? answer.why : '');
      if (answer.kind === 'away') this.saveIn(AGAIN);
    }
  }
}

function textOf(draft: Draft): string {
  return JSON.stringify(contentOf(draft));
}
