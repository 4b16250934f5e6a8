import { button } from '../dom.js';
import { late } from '../late.js';
import type { Entries } from './entries.js';
import type { Position } from './position.js';
import type { TickerView } from './ticker-view.js';
import type { Words } from './words.js';

/** Where Show more goes on. */
export interface Earlier {
  /** The cursor behind the entries here; undefined when it isn't known. */
  next: string | undefined;
  /** What the entries here are at least as new as. A page from before it may hold what was withdrawn since. */
  readonly base: Position | undefined;
}

/**
 * The Show more button. It takes the place of the link that works without script, and goes back to the feed's first entry,
 * page by page.
 */
export class More {
  private readonly note = document.createElement('span');
  private earlier: Earlier = { next: undefined, base: undefined };

  constructor(
    private readonly place: HTMLElement,
    private readonly entries: Entries,
    private readonly view: TickerView,
    private readonly words: Words['ticker'],
  ) {
    this.note.setAttribute('role', 'status');
    place.replaceChildren(button(words.more, () => void this.load()), this.note);
  }

  /** The entries were set anew at this position; what follows them begins at `next`, or isn't known yet. */
  begin(base: Position | undefined, next?: string): void {
    this.earlier = { base, next };
    this.show();
  }

  private show(): void {
    this.place.hidden = !this.entries.hasMore;
  }

  private async load(): Promise<void> {
    if (this.place.ariaBusy === 'true') return;
    this.place.ariaBusy = 'true';
    this.note.textContent = this.words.loading;
    const { earlier } = this;
    try {
      const { loadEarlier } = await late(() => import('./earlier.js'));
      const first = await loadEarlier(this.view, this.entries, earlier, () => this.earlier === earlier);
      this.note.textContent = '';
      this.show();
      // With the last page the button goes; whoever used it with the keyboard goes on reading where it stood.
      if (this.place.hidden) (first?.firstElementChild as HTMLElement | null | undefined)?.focus({ preventScroll: true });
    } catch (error) {
      this.note.textContent = this.words.moreFailed;
      if (!(error instanceof TypeError)) reportError(error);
    } finally {
      this.place.ariaBusy = null;
    }
  }
}
