import { keep, recall } from '../device.js';

/** What a reader has chosen on this device, where it may be kept. */
export function isChosen(name: string): boolean {
  return recall(name) === 'yes';
}

export function choose(name: string, yes: boolean): void {
  keep(name, yes ? 'yes' : null);
}
