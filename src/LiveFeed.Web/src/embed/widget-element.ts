import { choiceOf } from './choice.js';
import { Widget } from './widget.js';

/**
 * `<live-feed feed="SLUG">` on a partner's page: a ticker in a box of its own. What stands inside it is shown until there is
 * something better; without script it stays.
 *
 * Attributes, read once: `feed` (the slug), `form` (`full`, `compact`, `card` or `tape`), `theme` (`light`, `dark`; the reader's
 * unless said), `entries` (how many, 1 to 20), `key-events` (only those), `tag` (only what bears it), `entry` (only the one with
 * this id), `lang` (of the widget's own words; the page's unless said). Written as it moves on: `position`, what the entries in it are
 * up to.
 */
export class WidgetElement extends HTMLElement {
  /** Where the script came from. */
  static server: URL;
  private widget: Widget | undefined;

  connectedCallback(): void {
    // An element that is moved in the document comes through here again, and goes on where it was.
    this.widget ??= new Widget(this, choiceOf(this, WidgetElement.server));
    this.widget.start();
  }

  disconnectedCallback(): void {
    this.widget?.stop();
  }
}
