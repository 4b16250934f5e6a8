import type { ChangedDetail, TickerView } from '../ticker/ticker-view.js';
import { button } from '../dom.js';
import { late } from '../late.js';
import { isTyping } from '../typing.js';
import { EntryTimes } from './entry-times.js';
import { isInterrupting } from './interrupting.js';
import { KeysChoice, press } from './keys.js';
import { remember } from './reader.js';
import { isOtherZone } from './relative.js';
import { sayIn } from './say.js';
import { offerSharing } from './share.js';
import { goTo, isPlain } from './slots.js';
import { countInTitle } from './title-count.js';

/** All that a reader of our own pages has beside the ticker itself. What is not needed at once is loaded when it is. */
export function comfortReader(view: TickerView): void {
  const say = sayIn(view);
  const zone = view.host.getAttribute('time-zone') ?? undefined;
  const keys = new KeysChoice();
  const controls = view.host.querySelector('.feed-controls');
  view.writesTimes = true;
  const times = new EntryTimes(view, zone);
  remember(view, say);
  offerSharing(view, say);
  followKeyEvents(view, times);
  listen(view, times);
  countInTitle(view);
  view.assertive = isInterrupting();

  const help = async (): Promise<void> => { (await late(() => import('./help.js'))).showHelp(view, say, keys); };
  controls?.append(button(say('help'), () => void help(), 'feed-help-button'));
  document.addEventListener('keydown', (event) => {
    if (isTyping(event) || !keys.areOn) return;
    if (event.key === '?') void help();
    else if (press(event.key, view)) event.preventDefault();
  });
  if (zone !== undefined && isOtherZone(zone)) void late(() => import('./zone-switch.js')).then(({ zoneSwitch }) => { controls?.append(zoneSwitch(times, say, zone)); });
}

/** Clicks on what the server rendered into the entries and the strip; without script each link leads to a page that does the same. */
function listen(view: TickerView, times: EntryTimes): void {
  view.host.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a.entry-changes, .feed-key-events a[data-id]');
    if (!link || !isPlain(event)) return;
    const { id } = link.dataset;
    if (id === undefined) {
      event.preventDefault();
      void late(() => import('./changes.js')).then(({ toggleChanges }) => toggleChanges(view, link, times.rewrite));
    } else if (goTo(view, id)) event.preventDefault();
  });
}

function followKeyEvents(view: TickerView, times: EntryTimes): void {
  const strip = view.host.querySelector<HTMLElement>('.feed-key-events');
  if (!strip) return;
  times.rewrite(strip);
  const follow = ({ entry, change }: ChangedDetail): void => {
    if (!entry.keyEvent && !strip.querySelector(`[data-id="${CSS.escape(entry.id)}"]`)) return;
    void late(() => import('./key-events.js')).then(({ followKeyEvent }) => { followKeyEvent(view, strip, times.rewrite, entry, change !== 'waiting'); });
  };
  view.host.addEventListener('live-feed:changed', ({ detail }) => { follow(detail); });
  view.host.addEventListener('live-feed:reset', () => {
    void late(() => import('./key-events.js')).then(({ renewKeyEvents }) => renewKeyEvents(view, strip, times.rewrite));
  });
}
