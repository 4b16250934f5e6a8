import type { TickerView } from '../ticker/ticker-view.js';
import { afterPaint, button, make } from '../dom.js';

/**
 * What the reader must be told, above the list and in view wherever they read. Each stays until it is dismissed; the list takes
 * the room for them without moving what is read.
 */
export class Notices {
  private readonly place = make('div', { className: 'feed-notices' });
  private readonly shown = new Map<string, HTMLElement>();

  constructor(
    private readonly view: TickerView,
    private readonly dismissText: string,
  ) {}

  /** Shows a notice, in place of the one with the same key. `dismissed` is called when the reader has had enough of it. */
  show(key: string, content: HTMLElement, dismissed?: () => void): void {
    const notice = make('section', { className: 'feed-notice' }, content, button(this.dismissText, () => {
      const next = this.focusAfter(notice);
      this.drop(key);
      next.focus({ preventScroll: true });
      dismissed?.();
    }, 'feed-notice-dismiss'));
    notice.dataset['key'] = key;
    this.shown.set(key, notice);
    // What it tells of has just changed in the list: a list that moves and changes in one frame is a jump to browsers.
    afterPaint(() => {
      if (this.shown.get(key) !== notice) return;
      this.view.calmly(() => {
        if (!this.place.isConnected) this.view.over.prepend(this.place);
        const former = [...this.place.children].find((other) => (other as HTMLElement).dataset['key'] === key);
        // Under the others: what is being read of them stays where it is.
        if (former) former.replaceWith(notice);
        else this.place.append(notice);
      });
      this.place.scrollTop = notice.offsetTop;
    });
  }

  drop(key: string): void {
    const notice = this.shown.get(key);
    if (!notice) return;
    this.shown.delete(key);
    this.view.calmly(() => {
      const notices = [...this.place.children];
      const after = notices.slice(notices.indexOf(notice) + 1);
      const focused = document.activeElement as HTMLElement | null;
      notice.remove();
      // Those under it don't move up, they are new where they stand now.
      this.place.append(...after);
      if (document.activeElement !== focused) focused?.focus({ preventScroll: true });
    });
  }

  /** Where the focus goes when a notice does: to the next one's button, or to the list. */
  private focusAfter(notice: HTMLElement): HTMLElement {
    const next = notice.nextElementSibling ?? notice.previousElementSibling;
    if (next) return next.querySelector<HTMLElement>('.feed-notice-dismiss') ?? this.view.list;
    this.view.list.tabIndex = -1;
    return this.view.list;
  }
}
