import { Ticker } from './ticker.js';

/**
 * `<live-feed feed="SLUG">`: a ticker. What the server rendered inside it is a page that works without script; the element
 * takes it over at its `position` and keeps it live for as long as it stands in the document.
 *
 * Attributes, read once: `feed` (the slug), `position` (what the entries here are up to; written as it moves on), `next` (the
 * cursor behind the entries here), `server` (the address of the LiveFeed server; the page's own unless said).
 * Event: `live-feed:changed` (bubbles; `detail` is the entry).
 */
export class LiveFeedElement extends HTMLElement {
  private ticker: Ticker | undefined;

  connectedCallback(): void {
    const feed = this.getAttribute('feed');
    if (feed === null || feed === '') throw new Error('<live-feed> needs the attribute feed: the slug of the feed to show.');
    // An element that is moved in the document comes through here again, and goes on where it was.
    this.ticker ??= new Ticker(this, feed);
    this.ticker.start();
  }

  disconnectedCallback(): void {
    this.ticker?.stop();
  }
}
