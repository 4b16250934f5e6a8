import type { TickerView } from '../ticker/ticker-view.js';
import { button, make } from '../dom.js';

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
    this.view.calmly(() => {
      if (!this.place.isConnected) this.view.list.before(this.place);
      this.shown.get(key)?.remove();
      this.place.prepend(notice);
    });
    this.shown.set(key, notice);
  }

  drop(key: string): void {
    const notice = this.shown.get(key);
    if (!notice) return;
    this.shown.delete(key);
    this.view.calmly(() => { notice.remove(); });
  }

  /** Where the focus goes when a notice does: to the next one's button, or to the list. */
  private focusAfter(notice: HTMLElement): HTMLElement {
    const next = notice.nextElementSibling ?? notice.previousElementSibling;
    if (next) return next.querySelector<HTMLElement>('.feed-notice-dismiss') ?? this.view.list;
    this.view.list.tabIndex = -1;
    return this.view.list;
  }
}
