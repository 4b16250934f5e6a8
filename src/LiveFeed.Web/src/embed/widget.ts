import type { Entry, EntryPage, Followed } from '../ticker/entry.js';
import { FeedClient, type FeedPort, type FeedView } from '../ticker/feed-client.js';
import { formatPosition } from '../ticker/position.js';
import { make } from '../dom.js';
import type { Choice } from './choice.js';
import { PageLine, type PolledFollower } from './page-line.js';
import { Shelf } from './shelf.js';
import { styles } from './styles.js';
import { type EmbedWords, wordsIn } from './words.js';

/** A break that is mended sooner, in milliseconds, isn't worth a word. */
const PATIENCE = 5_000;

/** One widget: the wires between the page's line, the client that keeps it whole, and the box. */
export class Widget implements PolledFollower, FeedView, FeedPort {
  readonly feed: string;
  private readonly client = new FeedClient(this, this);
  private readonly line: PageLine;
  private readonly shelf: Shelf;
  private readonly words: EmbedWords;
  private readonly status: HTMLElement;
  private wholeAt = new Date();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What the line brought while something slid. */
  private due: (() => void)[] = [];
  private isSliding = false;

  constructor(private readonly host: HTMLElement, private readonly choice: Choice) {
    const { feed, server, form, theme, language } = choice;
    this.feed = feed;
    this.words = wordsIn(language);
    this.line = PageLine.to(server);
    this.status = part('span', 'status', { role: 'status' });
    const list = part('div', 'list', { role: 'feed', tabIndex: 0, ariaLabel: feed }, make('slot'));
    const whole = part('a', 'all', { href: new URL(`/${feed}`, server).href, target: '_blank', textContent: `${server.host} ↗` });
    const box = part('div', 'box', { lang: language }, list, part('p', 'foot', {}, this.status, ' ', whole));
    box.classList.add(form);
    box.style.colorScheme = theme ?? '';
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    root.append(box);
    this.shelf = new Shelf(list, choice, this.words.withdrawn);
  }

  start(): void {
    this.lost();
    this.line.add(this);
  }

  stop(): void {
    this.line.remove(this);
    this.lost();
    clearTimeout(this.timer);
  }

  // The line tells:

  get position(): string | null {
    return this.client.position ? formatPosition(this.client.position) : null;
  }

  opened(): void {
    // The newest of the feed aren't the newest of what is shown here.
    void (this.shelf.isPart ? this.poll() : Promise.resolve()).then(() => { this.client.opened(); });
  }

  lost(): void {
    this.client.lost();
    this.due = [];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.say(this.words.offline); }, PATIENCE);
  }

  followed(answer: Followed): void {
    this.bring(() => { this.client.followed(answer); });
  }

  refused(): void {
    this.client.refused();
  }

  updated(entry: Entry, previous: number): void {
    this.bring(() => { this.client.updated(entry, previous); });
  }

  told(position: string): void {
    this.bring(() => { this.client.told(position); });
  }

  /** Asks for the list. */
  poll(): Promise<void> {
    const { count, keyEvents, tag, server } = this.choice;
    const list = new URL(`/api/feeds/${this.feed}/entries${server.search}`, server);
    list.searchParams.set('limit', String(count));
    if (keyEvents) list.searchParams.set('keyEvents', 'true');
    if (tag !== null) list.searchParams.set('tag', tag);
    return fetch(list, { credentials: 'omit' }).then(async (answer) => {
      if (!answer.ok) return;
      const { position, entries } = await answer.json() as EntryPage;
      this.followed({ feed: this.feed, position, entries, reset: true });
    // The next try comes with the line.
    }).catch(() => undefined);
  }

  // The client asks:

  follow(position: string | null): void {
    this.line.follow(this, position);
  }

  later(milliseconds: number, action: () => void): void {
    setTimeout(action, milliseconds);
  }

  // The client shows:

  reset(newest: readonly Entry[]): void {
    this.shelf.reset(newest);
  }

  apply(entry: Entry): void {
    this.shelf.apply(entry);
  }

  /** Takes in what the line brought, in its order, as soon as nothing slides. */
  private bring(work: () => void): void {
    this.due.push(work);
    if (!this.isSliding) this.bringDue();
  }

  private bringDue(): void {
    this.isSliding = this.due.length > 0;
    if (!this.isSliding) return;
    this.later(this.shelf.change(() => { this.due.splice(0).forEach((work) => { work(); }); }), () => { this.bringDue(); });
    this.host.setAttribute('position', this.position ?? '');
    if (!this.client.isLive) return;
    clearTimeout(this.timer);
    this.wholeAt = new Date();
    this.say('{time}');
  }

  private say(text: string): void {
    this.status.textContent = text.replace('{time}', this.wholeAt.toLocaleTimeString());
  }
}

/** A part of the box that the page may style by its name. */
function part<K extends keyof HTMLElementTagNameMap>(
  tag: K, name: string, properties: Partial<HTMLElementTagNameMap[K]>, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = make(tag, properties, ...children);
  made.className = name;
  made.part.add(name);
  return made;
}
