import type { EntryPage } from './entry.js';
import type { Entries } from './entries.js';
import { parsePosition, type Position } from './position.js';
import { ask } from './reading.js';
import type { Words } from './words.js';

/**
 * The Show more button. It takes the place of the link that works without script, and goes back to the feed's first entry,
 * page by page.
 */
export class More {
  private readonly button = document.createElement('button');
  private readonly note = document.createElement('span');
  private next: string | undefined;
  /** What the entries here are at least as new as. A page from before it may hold what was withdrawn since. */
  private base: Position | undefined;
  private generation = 0;

  constructor(
    private readonly place: HTMLElement,
    private readonly entries: Entries,
    private readonly server: URL,
    private readonly feed: string,
    private readonly words: Words['ticker'],
  ) {
    this.button.type = 'button';
    this.button.textContent = this.words.more;
    this.button.addEventListener('click', () => void this.load());
    this.note.setAttribute('role', 'status');
    place.replaceChildren(this.button, this.note);
  }

  /** The entries were set anew at this position; what follows them begins at `next`, or isn't known yet. */
  begin(base: Position | undefined, next?: string): void {
    this.generation += 1;
    this.base = base;
    this.next = next;
    this.show();
  }

  private show(): void {
    this.place.hidden = !this.entries.hasMore;
  }

  private async load(): Promise<void> {
    if (this.place.ariaBusy === 'true') return;
    this.place.ariaBusy = 'true';
    this.note.textContent = this.words.loading;
    try {
      const first = await this.loadUntilNew(this.generation);
      this.note.textContent = '';
      this.show();
      // With the last page the button goes; whoever used it with the keyboard goes on reading where it stood.
      if (this.place.hidden) focusOn(first);
    } catch (error) {
      this.note.textContent = this.words.moreFailed;
      if (!(error instanceof TypeError || error instanceof StalePage)) reportError(error);
    } finally {
      this.place.ariaBusy = null;
    }
  }

  /** After a reset the list isn't known to end where a page does: pages of what is already here are passed over. */
  private async loadUntilNew(generation: number): Promise<HTMLElement | undefined> {
    for (;;) {
      const page = await this.fetchPage();
      if (generation !== this.generation) return undefined;
      const added = this.entries.append(page.entries, page.next === undefined);
      this.next = page.next;
      if (added.length > 0 || page.next === undefined) return added[0];
    }
  }

  private async fetchPage(): Promise<EntryPage> {
    const page = await this.page('default');
    if (this.isFresh(page)) return page;
    const again = await this.page('reload');
    if (this.isFresh(again)) return again;
    throw new StalePage();
  }

  private async page(cache: RequestCache): Promise<EntryPage> {
    const query = { limit: '20', ...(this.next !== undefined && { before: this.next }) };
    const response = await ask(this.server, this.feed, 'entries', query, { cache });
    return (await response.json()) as EntryPage;
  }

  private isFresh(page: EntryPage): boolean {
    const position = parsePosition(page.position);
    return position !== undefined && (this.base === undefined || (position.epoch === this.base.epoch && position.seq >= this.base.seq));
  }
}

/** The page of entries is older than what is shown. */
class StalePage extends Error {}

function focusOn(slot: HTMLElement | undefined): void {
  if (!slot) return;
  slot.tabIndex = -1;
  slot.focus({ preventScroll: true });
}
