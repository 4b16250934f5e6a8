import { Lines, SocketLine } from '../live-feed.js';
import { partOfPage } from '../server-page.js';
import { ofTheReader } from '../ticker/language.js';
import { Status } from '../ticker/status.js';
import { wordsOf } from '../ticker/words.js';
import { FeedNews, type Listener } from './feed-news.js';
import { feedOf, Row } from './row.js';

/** Feeds that are heard of at most, those with the newest items: as many as the server lets one connection follow. */
const HEARD = 20;

/** From one look at the server's page to the next, in milliseconds: there is news; not all feeds are heard of; only a feed may have been opened or closed. */
const LOOK = { news: 1_000, unheard: 10_000, heard: 60_000 } as const;

/** Readers of the same news don't ask in the same moment. Milliseconds. */
const SPREAD = 300;

/** Keeps the list of feeds on the front page as the server would render it now. */
export async function keepLive(list: HTMLElement): Promise<void> {
  const { lang } = document.documentElement;
  const { ticker: words } = await wordsOf(lang);
  const element = document.querySelector<HTMLElement>('.feed-status');
  if (element) new FrontPage(list, new Status(element, ofTheReader(lang), false, words)).begin();
}

/**
 * The front page. Whoever hears that a feed has moved on asks the server for the page and takes over what is new of it: so there
 * is one alone who renders it. One socket hears of all; without it the page is asked for now and then.
 */
class FrontPage implements Listener {
  private readonly lines: Lines;
  private readonly rows = new Map<string, Row>();
  private lookedAt = performance.now();
  private isLooking = false;
  /** Looks in a row that brought less than is known: a cache on the way may be a second old, or broken. */
  private vain = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly list: HTMLElement,
    private readonly status: Status,
  ) {
    const server = new URL('/', document.baseURI);
    this.lines = new Lines([(events) => new SocketLine(server, events)]);
  }

  begin(): void {
    for (const element of rowsIn(this.list)) this.rows.set(feedOf(element), new Row(element));
    this.listen();
    document.addEventListener('visibilitychange', () => { this.plan(); });
    this.plan();
  }

  // Of a feed is told:

  heard(): void {
    if (this.isWhole) this.status.live('socket');
    this.plan();
  }

  lost(): void {
    this.status.lost();
    this.plan();
  }

  withdrawn(id: string): void {
    for (const row of this.rows.values()) row.withdraw(id);
  }

  private get isBehind(): boolean {
    return [...this.rows.values()].some((row) => row.isBehind);
  }

  /** Whether all feeds are heard of, and shown as they are. */
  private get isWhole(): boolean {
    return this.rows.size > 0 && !this.isBehind && [...this.rows.values()].every((row) => row.news?.isLive === true);
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (this.isLooking || document.visibilityState !== 'visible') return;
    const pause = this.isBehind ? LOOK.news * 2 ** Math.min(this.vain, 5) : LOOK[this.isWhole ? 'heard' : 'unheard'];
    this.timer = setTimeout(() => void this.look(), Math.max(SPREAD * Math.random(), this.lookedAt + pause - performance.now()));
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    const list = await partOfPage('/', '.feeds');
    this.isLooking = false;
    this.lookedAt = performance.now();
    if (list) this.takeOver(list);
    this.vain = this.isBehind ? this.vain + 1 : 0;
    if (this.isWhole) this.status.live('socket');
    else if (!list) this.status.lost();
    else if (!this.isBehind) this.status.live('poll');
    this.plan();
  }

  private takeOver(list: HTMLElement): void {
    const served = new Map(rowsIn(list).map((element) => [feedOf(element), element]));
    for (const [feed, row] of this.rows) {
      if (served.has(feed)) continue;
      row.news?.stop();
      row.element.remove();
      this.rows.delete(feed);
    }
    let place = this.list.firstElementChild;
    for (const [feed, element] of served) {
      const row = this.rows.get(feed) ?? new Row(element);
      if (row.element === place) place = place.nextElementSibling;
      else this.list.insertBefore(row.element, place);
      if (this.rows.has(feed)) row.takeOver(element);
      else this.rows.set(feed, row);
    }
    const empty = document.querySelector<HTMLElement>('.feed-empty');
    if (empty) empty.hidden = served.size > 0;
    this.listen();
  }

  /** Hears of the feeds that have the newest items. */
  private listen(): void {
    const rows = [...this.rows.entries()].sort(([, a], [, b]) => b.newest - a.newest);
    for (const [, row] of rows.slice(HEARD)) {
      row.news?.stop();
      row.news = undefined;
    }
    for (const [feed, row] of rows.slice(0, HEARD)) {
      if (row.news) continue;
      row.news = new FeedNews(feed, row.position, this.lines, this);
      row.news.start();
    }
  }
}

function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > [data-feed]')];
}
