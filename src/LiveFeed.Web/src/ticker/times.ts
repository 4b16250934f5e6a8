/** Writes the times of entries as the reader's clock has them; the server wrote them in the newsroom's time zone. */
export class Times {
  private readonly time: Intl.DateTimeFormat;
  private readonly second: Intl.DateTimeFormat;
  private readonly dayAndTime: Intl.DateTimeFormat;
  private readonly exact: Intl.DateTimeFormat;
  private readonly day: Intl.DateTimeFormat;
  private today: string;

  constructor(
    private readonly root: HTMLElement,
    language: string | undefined,
    private readonly timeZone?: string,
  ) {
    this.time = this.format(language, { hour: '2-digit', minute: '2-digit' });
    this.second = this.format(language, { timeStyle: 'medium' });
    this.dayAndTime = this.format(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
    this.exact = this.format(language, { dateStyle: 'full', timeStyle: 'long' });
    this.day = this.format('en', { dateStyle: 'short' });
    this.today = this.day.format(new Date());
  }

  /** The time of day, to the second. */
  clock(date: Date): string {
    return this.second.format(date);
  }

  /** Rewrites the times inside `part`; all of them when the day has changed since, as "14:03" would then mean another day. */
  rewrite(part: HTMLElement): void {
    const today = this.day.format(new Date());
    const scope = today === this.today ? part : this.root;
    this.today = today;
    for (const element of scope.querySelectorAll<HTMLTimeElement>('time[datetime]')) this.rewriteOne(element);
  }

  private rewriteOne(element: HTMLTimeElement): void {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.getTime())) return;
    element.textContent = (this.day.format(date) === this.today ? this.time : this.dayAndTime).format(date);
    element.title = this.exact.format(date);
  }

  private format(language: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const all = this.timeZone === undefined ? options : { ...options, timeZone: this.timeZone };
    try {
      return new Intl.DateTimeFormat(language, all);
    } catch (error) {
      // A page whose lang attribute isn't a language tag still shows times: the way the browser is set.
      if (error instanceof RangeError) return new Intl.DateTimeFormat(undefined, all);
      throw error;
    }
  }
}

/** The page's language, in the form that the reader knows it: of a page in "en", a reader in London reads the times as "en-GB" has them. */
export function ofTheReader(language: string): string {
  return navigator.languages.find((own) => own.startsWith(`${language}-`)) ?? language;
}
