import { button, make } from '../dom.js';
import { late } from '../late.js';
import { confirmScreen, type ConfirmedView } from './confirm.js';
import { offerMore } from './more.js';
import { isWanted, PACES } from './pace.js';
import type { TickerView } from './ticker-view.js';
import type { Words } from './words.js';

/** News are told to those who listen once in so many milliseconds at most. */
const QUIET = 30_000;

/**
 * What isn't the first thing that a page needs: the choice of pace, Show more, the reader's clock, each entry's place among the
 * others, what is told to those who listen, and to the newsroom.
 */
export function serveReader(view: ConfirmedView, controls: HTMLElement, more: HTMLElement, words: Words['ticker']): void {
  offerPace(view, controls, words);
  offerMore(view, more, words);
  if (!view.writesTimes) void late(() => import('./own-times.js')).then(({ writeTimes }) => { writeTimes(view); });
  number(view);
  tell(view, words);
  confirmScreen(view);
}

function offerPace(view: TickerView, controls: HTMLElement, words: Words['ticker']): void {
  const names = { live: words.paceLive, 'key-events': words.paceKeyEvents, paused: words.pacePaused };
  const choices = PACES.map((pace) => button(names[pace], () => { view.pace = pace; }));
  const group = make('div', { className: 'feed-pace', role: 'group', ariaLabel: words.pace }, ...choices);
  view.calmly(() => { controls.prepend(group); });
  const show = (): void => { choices.forEach((choice, i) => { choice.ariaPressed = String(PACES[i] === view.pace); }); };
  view.host.addEventListener('live-feed:waiting', show);
  show();
}

/** Where each entry stands among the others, for those who can't see it. */
function number(view: TickerView): void {
  let planned = false;
  const write = (): void => {
    planned = false;
    const size = view.host.querySelector<HTMLElement>(':scope > .feed-more')?.hidden === false ? '-1' : String(view.list.childElementCount);
    [...view.list.children].forEach((slot, i) => {
      const article = slot.firstElementChild;
      if (!article) return;
      if (article.ariaPosInSet !== String(i + 1)) article.ariaPosInSet = String(i + 1);
      if (article.ariaSetSize !== size) article.ariaSetSize = size;
    });
  };
  const plan = (): void => {
    if (!planned) setTimeout(write);
    planned = true;
  };
  new MutationObserver(plan).observe(view.list, { childList: true, subtree: true });
  plan();
}

function tell(view: TickerView, words: Words['ticker']): void {
  let untold = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = -Infinity;
  const say = (): void => {
    timer = undefined;
    if (untold === 0) return;
    toldAt = Date.now();
    view.announce(view.fill(words.waiting, { n: untold }));
    untold = 0;
  };
  view.host.addEventListener('live-feed:changed', ({ detail: { entry, change, seenSeq } }) => {
    if (seenSeq !== undefined || entry.status !== 'live' || entry.revision > 1 || (change !== 'inserted' && change !== 'waiting')) return;
    if (view.pace === 'paused' || !isWanted(view.pace, entry)) return;
    if (view.assertive && entry.kind === 'breaking') {
      view.announce(view.fill(words.breaking, { headline: entry.headline ?? '' }), true);
      return;
    }
    untold += 1;
    timer ??= setTimeout(say, Math.max(1_000, toldAt + QUIET - Date.now()));
  });
}
