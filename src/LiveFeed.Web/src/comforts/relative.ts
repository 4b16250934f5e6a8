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
