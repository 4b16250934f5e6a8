const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How old a time is, in whole minutes, when it is to be said so: for the last hour. Undefined: the clock says it better. */
export function minutesAgo(time: number, now: number): number | undefined {
  const age = now - time;
  // A newsroom's clock that goes a little ahead of the reader's isn't a look into the future.
  return age < -MINUTE || age >= HOUR ? undefined : Math.max(0, Math.floor(age / MINUTE));
}

/** Says "5 min. ago" in the reader's language; "now" for less than a minute. */
export function relativeTime(language: string | undefined): (minutes: number) => string {
  const format = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'auto' });
  return (minutes) => (minutes === 0 ? format.format(0, 'second') : format.format(-minutes, 'minute'));
}

/** Whether a zone's clock shows another time than the reader's, now. */
export function isOtherZone(zone: string): boolean {
  const clock = (timeZone?: string): string => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', ...(timeZone !== undefined && { timeZone }) }).format(new Date());
  try {
    return clock(zone) !== clock();
  } catch (error) {
    // A zone that this browser doesn't know.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
