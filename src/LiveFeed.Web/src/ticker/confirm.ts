import { afterPaint } from '../dom.js';
import type { HubConnection } from './hub-connection.js';
import type { Lines } from './lines.js';
import { parsePosition } from './position.js';
import type { TickerView } from './ticker-view.js';

/** All of a page's tickers together say something once in so many milliseconds at most: who calls too often is cut off. */
const PAUSE = 400;

/** A page that isn't painted for so many milliseconds isn't looked at. */
const UNSEEN = 1_000;

/** Longer ago than so many milliseconds, the page was asleep in between. */
const LONG_AGO = 60_000;

/** What is to be confirmed: one change in `every`, by chance, and not all at once. */
interface Asked {
  readonly every: number;
  readonly withinMs: number;
}

export type ConfirmedView = TickerView & { readonly lines: Lines };

/**
 * Tells the newsroom, by way of the server, what stands on this screen and how long ago it came there; not whose screen it is. What
 * was withdrawn is confirmed by every screen, all else by as many as the server wants to hear of.
 */
export function confirmScreen(view: ConfirmedView): void {
  let asked: Asked = { every: 1, withinMs: 0 };
  let hub: HubConnection | undefined;
  let stood = view.position;
  let isShown = false;
  let mustSay = false;

  const say = (position: string, previous?: number, at?: number): void => {
    soon(view, () => {
      const ago = at === undefined ? undefined : Math.round(performance.now() - at);
      const isTimed = previous !== undefined && ago !== undefined && ago < LONG_AGO;
      hub?.call('Seen', [view.feed, position, ...(isTimed ? [previous, ago] : [])], (answer, refusal) => {
        if (refusal === undefined) asked = answer as Asked;
      });
    }, asked.every === 1 ? 0 : Math.random() * asked.withinMs);
  };

  view.host.addEventListener('live-feed:changed', ({ detail: { entry, change } }) => {
    isShown ||= change === 'inserted' || change === 'replaced';
    mustSay ||= entry.status === 'retracted';
  });
  view.host.addEventListener('live-feed:reset', () => { mustSay = true; });
  const settled = (): void => {
    const now = view.lines.current?.line.hub;
    const { position } = view;
    if (!now || position === null) return;
    const isNew = now !== hub;
    if (!isNew && position === stood) return;
    const previous = parsePosition(stood)?.seq;
    // On a page of one tag what was withdrawn goes without a word.
    const isWanted = isNew || mustSay || view.host.hasAttribute('tag') || Math.random() * asked.every < 1;
    const isTimed = !isNew && isShown && previous !== undefined;
    if (isNew && document.body.dataset['page'] === 'desk') now.call('Monitor', [view.feed], () => undefined);
    hub = now;
    stood = position;
    isShown = false;
    mustSay = false;
    if (!isWanted) return;
    if (!isTimed || document.hidden) say(position);
    else whenPainted((at) => { say(position, previous, at); });
  };
  view.host.addEventListener('live-feed:waiting', settled);
  settled();
}

/** Tells when what stands on the page now was painted; nothing when that doesn't come soon. */
function whenPainted(tell: (at?: number) => void): void {
  let isTold = false;
  const once = (at?: number): void => {
    if (!isTold) tell(at);
    isTold = true;
  };
  afterPaint(() => { once(performance.now()); });
  setTimeout(once, UNSEEN);
}

const waiting = new Map<object, () => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let saidAt = -PAUSE;

/** Does this in its turn; the last of what the same one wants said is enough. */
function soon(who: object, send: () => void, wait: number): void {
  if (waiting.has(who) || wait === 0) {
    waiting.set(who, send);
    timer ??= setTimeout(next, saidAt + PAUSE - performance.now());
  } else setTimeout(() => { soon(who, send, 0); }, wait);
}

function next(): void {
  timer = undefined;
  const [first] = waiting;
  if (!first) return;
  waiting.delete(first[0]);
  saidAt = performance.now();
  first[1]();
  if (waiting.size > 0) timer = setTimeout(next, PAUSE);
}
