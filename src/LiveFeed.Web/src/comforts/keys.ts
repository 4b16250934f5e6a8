import { choose, isChosen } from './choice.js';
import { goTo, slotsOf } from './slots.js';
import type { TickerView } from '../ticker/ticker-view.js';

/** The keys that move a reader through the items, and the word for what each does. */
export const KEYS = [['j', 'keyNext'], ['k', 'keyPrevious'], ['n', 'keyNew'], ['p', 'keyPause'], ['?', 'keyHelp']] as const;

const OFF = 'live-feed:keys-off';
/** Whether keys are listened to. Who speaks to the device, or hits keys by accident, can do without those of one letter (WCAG 2.1.4). */
export class KeysChoice {
  private off = isChosen(OFF);

  get areOn(): boolean {
    return !this.off;
  }

  turn(on: boolean): void {
    this.off = !on;
    choose(OFF, this.off);
  }
}

/** Does what a key stands for; false when it stands for nothing here. */
export function press(key: string, view: TickerView): boolean {
  if (key === 'j') step(view, 1);
  else if (key === 'k') step(view, -1);
  else if (key === 'n') view.showWaiting();
  else if (key === 'p') view.pace = view.pace === 'paused' ? 'live' : 'paused';
  else return false;
  return true;
}

/** From the item that has the focus, else from the topmost that begins on the screen. */
function step(view: TickerView, by: 1 | -1): void {
  const slots = slotsOf(view).filter((slot) => slot.getClientRects().length > 0);
  const here = slots.findIndex((slot) => slot.contains(document.activeElement));
  const seen = slots.findIndex((slot) => slot.getBoundingClientRect().top >= 0);
  const id = slots[here >= 0 ? here + by : by > 0 ? seen : seen - 1]?.dataset['id'];
  if (id !== undefined) goTo(view, id);
}
