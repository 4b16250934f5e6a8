/** Writes the times of entries as the reader's clock has them; the server wrote them in the newsroom's time zone. */
export class Times {
  private readonly time: Intl.DateTimeFormat;
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
    this.dayAndTime = this.format(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
    this.exact = this.format(language, { dateStyle: 'full', timeStyle: 'long' });
    this.day = this.format('en', { dateStyle: 'short' });
    this.today = this.day.format(new Date());
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
    return new Intl.DateTimeFormat(language, this.timeZone === undefined ? options : { ...options, timeZone: this.timeZone });
  }
}
