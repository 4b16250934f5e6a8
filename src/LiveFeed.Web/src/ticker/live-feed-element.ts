import { Ticker } from './ticker.js';
import { FALLBACK } from './language.js';
import { wordsOf } from './words.js';

/**
 * `<live-feed feed="SLUG">`: a ticker. What the server rendered inside it is a page that works without script; the element
 * takes it over at its `position` and keeps it live for as long as it stands in the document.
 *
 * Attributes, read once: `feed` (the slug), `position` (what the entries here are up to; written as it moves on), `next` (the
 * cursor behind the entries here), `newer` (the cursor above them, where they don't begin with the newest), `tag` (only what
 * bears it), `server` (the address of the LiveFeed server; the page's own unless said).
 * Events (they bubble): `live-feed:ready` (`detail` is a TickerView), `live-feed:changed` (a ChangedDetail), `live-feed:reset`.
 */
export class LiveFeedElement extends HTMLElement {
  private ticker: Promise<Ticker> | undefined;

  connectedCallback(): void {
    const feed = this.getAttribute('feed');
    if (feed === null || feed === '') throw new Error('<live-feed> needs the attribute feed: the slug of the feed to show.');
    // An element that is moved in the document comes through here again, and goes on where it was.
    this.ticker ??= this.make(feed);
    this.run();
  }

  disconnectedCallback(): void {
    this.run();
  }

  private run(): void {
    void this.ticker?.then((ticker) => {
      if (this.isConnected) ticker.start();
      else ticker.stop();
    });
  }

  private async make(feed: string): Promise<Ticker> {
    const language = this.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? FALLBACK;
    return new Ticker(this, feed, language, await wordsOf(language));
  }
}
