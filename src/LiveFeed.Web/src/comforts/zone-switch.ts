import { choose, isChosen } from './choice.js';
import { button } from '../dom.js';
import type { EntryTimes } from './entry-times.js';
import type { Say } from './say.js';

const CHOICE = 'live-feed:feed-zone';

/** A switch for the newsroom's clock. */
export function zoneSwitch(times: EntryTimes, say: Say, zone: string): HTMLButtonElement {
  const city = zone.replace(/^.*\//, '').replaceAll('_', ' ');
  const made = button(say('feedZone', { zone: city }), () => { use(made.ariaPressed !== 'true'); }, 'feed-zone');
  const use = (inFeedZone: boolean): void => {
    made.ariaPressed = String(inFeedZone);
    times.use(inFeedZone);
    choose(CHOICE, inFeedZone);
  };
  made.ariaPressed = 'false';
  if (isChosen(CHOICE)) use(true);
  return made;
}
