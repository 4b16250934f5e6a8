import { readNewest } from './api.js';
import { make } from '../dom.js';
import { type Entry, titleOf } from './entry.js';
import { factsLine, redraw, rowButton } from './rows.js';
import { say, sentence, timeInWords, words } from './words.js';

const { entries: texts } = words;

/** What can be done with an entry of the list. */
export interface EntryActions {
  edit(entry: Entry): void;
  correct(entry: Entry): void;
  pin(entry: Entry): void;
  retract(entry: Entry): void;
}

/** The newest entries of the feed, each with what can be done with it. An older state never takes the place of a newer one. */
export class EntryList {
  private readonly trouble = make('p', { className: 'desk-error', hidden: true });
  private readonly list = make('ol', { className: 'desk-list' });
  private entries = new Map<string, Entry>();
  private writers: ReadonlyMap<string, string> = new Map<string, string>();
  private reading: ReturnType<typeof setTimeout> | undefined;

  /** `feed`: the slug of the feed that is shown now; empty when there is none. */
  constructor(
    section: HTMLElement,
    private readonly feed: () => string,
    private readonly mayPublish: boolean,
    private readonly actions: EntryActions,
  ) {
    const title = make('h2', { id: 'entries-title', textContent: texts.title });
    section.setAttribute('aria-labelledby', title.id);
    this.trouble.setAttribute('role', 'status');
    section.append(title, this.trouble, this.list);
  }

  /** Another feed is shown from now on. */
  clear(): void {
    this.entries.clear();
    this.list.replaceChildren();
    this.say('');
  }

  /** What is in the list now. */
  get all(): Iterable<Entry> {
    return this.entries.values();
  }

  /** Shows who is changing which entry just now. */
  showWriters(writers: ReadonlyMap<string, string>): void {
    const isSame = writers.size === this.writers.size && [...writers].every(([id, name]) => this.writers.get(id) === name);
    this.writers = writers;
    if (!isSame) this.render();
  }

  /** Who else is changing this entry just now. */
  writerOf(id: string): string | undefined {
    return this.writers.get(id);
  }

  /** Reads the list again; many changes at once need that once. */
  refreshSoon(): void {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => void this.refresh(this.feed()), 300);
  }

  private async refresh(feed: string): Promise<void> {
    if (feed === '') {
      this.say(sentence(texts.noFeed, { command: `livefeed feed create SLUG --title "${texts.feedTitle}"` }));
      return;
    }
    try {
      const newest = await readNewest(feed);
      if (feed === this.feed()) this.show(newest);
    } catch {
      if (feed === this.feed()) this.say(texts.away);
    }
  }

  private show(newest: readonly Entry[]): void {
    const before = this.entries;
    this.entries = new Map(newest.map((entry) => [entry.id, newer(entry, before.get(entry.id))]));
    this.say(newest.length === 0 ? texts.nothing : '');
    this.render();
  }

  /** Shows one entry, just written, before the list is read again. */
  put(entry: Entry): void {
    this.entries.set(entry.id, newer(entry, this.entries.get(entry.id)));
    this.say('');
    this.render();
  }

  private say(text: string | Node): void {
    this.trouble.replaceChildren(text);
    this.trouble.hidden = text === '';
  }

  private render(): void {
    const sorted = [...this.entries.values()].sort((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
    redraw(this.list, sorted.map((entry) => this.row(entry)));
  }

  private row(entry: Entry): HTMLLIElement {
    const time = make('time', { dateTime: entry.publishedAt, textContent: shortTime(entry.publishedAt), title: entry.publishedAt });
    const history = make('a', { href: `/desk/history/${entry.feed}/${entry.id}`, textContent: texts.history, ariaLabel: say(texts.which, { action: texts.history, title: titleOf(entry) }) });
    const row = make('li', {}, factsLine(time, ...facts(entry), history));
    const writer = this.writers.get(entry.id);
    if (writer !== undefined) row.append(make('p', { className: 'desk-presence' }, sentence(texts.writer, { name: writer })));
    if (entry.status === 'retracted') {
      row.className = 'desk-row-withdrawn';
      row.append(make('p', { className: 'desk-row-text', dir: 'auto', textContent: entry.correction?.note ?? texts.noNote }));
      return row;
    }
    row.append(
      make('p', { className: 'desk-row-text', dir: 'auto', textContent: titleOf(entry) }),
      make('div', { className: 'desk-row-actions' },
        this.action(entry, 'edit', texts.edit, (it) => { this.actions.edit(it); }),
        this.action(entry, 'correct', texts.correct, (it) => { this.actions.correct(it); }),
        ...(this.mayPublish ? [
          this.action(entry, 'pin', entry.pinned === true ? texts.unpin : texts.pin, (it) => { this.actions.pin(it); }),
          this.action(entry, 'withdraw', texts.withdraw, (it) => { this.actions.retract(it); }),
        ] : [])),
    );
    return row;
  }

  private action(entry: Entry, key: string, name: string, run: (entry: Entry) => void): HTMLButtonElement {
    return rowButton(key, name, { id: entry.id, title: titleOf(entry) }, () => { run(entry); });
  }
}

function newer(a: Entry, b: Entry | undefined): Entry {
  return b && b.seq > a.seq ? b : a;
}

function facts(entry: Entry): string[] {
  if (entry.status === 'retracted') return [texts.withdrawn];
  return [
    words.kinds[entry.kind ?? 'update'],
    ...(entry.pinned === true ? [texts.pinned] : []),
    ...(entry.keyEvent === true ? [texts.keyEvent] : []),
    ...(entry.correction ? [texts.corrected] : []),
    ...(entry.revision > 1 ? [say(texts.revision, { n: entry.revision })] : []),
  ];
}

/** A time of today, or a day before it with its date. */
export function shortTime(time: string, timeStyle: 'short' | 'medium' = 'short'): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return timeInWords(date, isToday ? { timeStyle } : { dateStyle: 'short', timeStyle });
}
