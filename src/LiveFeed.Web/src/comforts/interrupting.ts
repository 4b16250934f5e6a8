import { choose, isChosen } from './choice.js';

const CHOICE = 'live-feed:breaking-interrupts';

/** Whether the reader wants breaking news read out at once, in the middle of anything. */
export function isInterrupting(): boolean {
  return isChosen(CHOICE);
}

export function chooseInterrupting(yes: boolean): void {
  choose(CHOICE, yes);
}
