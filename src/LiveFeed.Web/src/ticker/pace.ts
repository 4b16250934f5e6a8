import { keep, recall } from '../device.js';
import type { Entry } from './entry.js';

/** How fast the reader wants it: everything at once, only what matters most, or nothing for now. */
export const PACES = ['live', 'key-events', 'paused'] as const;

export type Pace = (typeof PACES)[number];

const KEY = 'live-feed:pace';

/** The pace that the reader chose last on this device. */
export function rememberedPace(): Pace {
  const kept = recall(KEY);
  return PACES.find((pace) => pace === kept) ?? 'live';
}

export function rememberPace(pace: Pace): void {
  keep(KEY, pace);
}

/** Whether an entry is among what a reader at this pace sees, now or later. */
export function isWanted(pace: Pace, entry: Entry): boolean {
  return pace !== 'key-events' || entry.keyEvent === true;
}
