/** How fast the reader wants it: everything at once, only what matters most, or nothing for now. */
export const PACES = ['live', 'key-events', 'paused'] as const;

export type Pace = (typeof PACES)[number];

const KEY = 'live-feed:pace';

/** The pace that the reader chose last on this device. */
export function rememberedPace(): Pace {
  try {
    return PACES.find((pace) => pace === localStorage.getItem(KEY)) ?? 'live';
  } catch {
    // Where storage is denied nothing is remembered.
    return 'live';
  }
}

export function rememberPace(pace: Pace): void {
  try {
    localStorage.setItem(KEY, pace);
  } catch {
    // As above.
  }
}
