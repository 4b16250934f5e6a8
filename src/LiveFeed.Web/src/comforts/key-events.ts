import type { Entry, EntryPage } from '../ticker/entry.js';
import { ask } from '../ticker/reading.js';
import type { ChangedDetail, TickerView } from '../ticker/ticker-view.js';
import { make } from '../dom.js';
import { addressOf } from './slots.js';

/** Key events that the strip holds at most: the newest. */
const SHOWN = 12;

/** What of an entry the strip shows. */
type KeyEvent = Pick<Entry, 'id' | 'status' | 'publishedAt' | 'headline' | 'keyEvent'>;

/** Makes the strip of key events show the state that an entry is in now. `write` writes its time; what isn't in the list yet doesn't come into the strip. */
export function followKeyEvent(view: TickerView, strip: HTMLElement, write: (part: HTMLElement) => void, entry: KeyEvent, isShown: boolean): void {
  const items = (): HTMLElement[] => [...strip.querySelectorAll<HTMLElement>('li')];
  const there = items().find((item) => item.querySelector<HTMLElement>('a')?.dataset['id'] === entry.id);
  const belongs = entry.status === 'live' && entry.keyEvent === true && entry.headline !== undefined;
  if (!there && !(belongs && isShown)) return;
  view.calmly(() => {
    if (!belongs) there?.remove();
    else {
      const link = linkOf(view, entry);
      const item = there ?? make('li');
      item.replaceChildren(link);
      if (!there) {
        const list = strip.querySelector('ol') ?? strip.appendChild(make('ol'));
        list.insertBefore(item, items().find((other) => timeOf(other) < Date.parse(entry.publishedAt)) ?? null);
      }
      write(item);
      for (const surplus of items().slice(SHOWN)) surplus.remove();
    }
    // Those beside it don't move aside, they are new where they stand now; but for the one that the reader has in hand.
    for (const other of items()) {
      if (!other.contains(document.activeElement)) other.replaceWith(other.cloneNode(true));
    }
    strip.hidden = items().length === 0;
  });
}

/** The page was set anew: of what the strip held nobody knows what was withdrawn meanwhile. It is filled with what the server knows. */
export async function renewKeyEvents(view: TickerView, strip: HTMLElement, write: (part: HTMLElement) => void): Promise<void> {
  const newest = new Map<string, Entry>();
  const hear = (entry: Entry): void => { if ((newest.get(entry.id)?.seq ?? 0) < entry.seq) newest.set(entry.id, entry); };
  // What changes while the server is asked may be newer than its answer.
  const listen = ({ detail: { entry } }: CustomEvent<ChangedDetail>): void => { hear(entry); };
  view.host.addEventListener('live-feed:changed', listen);
  for (const entry of await fetchKeyEvents(view)) hear(entry);
  view.host.removeEventListener('live-feed:changed', listen);
  view.calmly(() => {
    strip.querySelector('ol')?.replaceChildren();
    strip.hidden = true;
    for (const entry of newest.values()) followKeyEvent(view, strip, write, entry, true);
  });
}

async function fetchKeyEvents(view: TickerView): Promise<readonly Entry[]> {
  try {
    const response = await ask(view.server, view.feed, 'entries', { keyEvents: 'true', limit: String(SHOWN) }, { cache: 'no-cache' });
    return ((await response.json()) as EntryPage).entries;
  } catch (error) {
    // No network again: better no key events than old ones.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

function linkOf(view: TickerView, { id, publishedAt, headline = '' }: KeyEvent): HTMLAnchorElement {
  const link = make('a', { href: addressOf(view, id) }, make('time', { dateTime: publishedAt }), ' ', make('bdi', { textContent: headline }));
  link.dataset['id'] = id;
  return link;
}

function timeOf(item: HTMLElement): number {
  return Date.parse(item.querySelector('time')?.dateTime ?? '');
}
