import { Times } from '../ticker/times.js';
import type { TickerView } from '../ticker/ticker-view.js';
import { minutesAgo, relativeTime } from './relative.js';
import { slotOf, slotsOf } from './slots.js';

const MINUTE = 60_000;

/** Says how long ago the last hour's entries came, and shows all times as the newsroom's clock has them when the reader wants that. */
export class EntryTimes {
  private readonly own: Times;
  private newsroom: Times | undefined;
  private inFeedZone = false;
  private readonly ago: (minutes: number) => string;

  constructor(
    private readonly view: TickerView,
    private readonly zone: string | undefined,
  ) {
    const { language } = view;
    this.own = new Times(view.list, language);
    this.ago = relativeTime(language);
    this.writeAll();
    view.host.addEventListener('live-feed:changed', ({ detail: { entry } }) => { this.write(slotOf(view, entry.id)); });
    view.host.addEventListener('live-feed:reset', () => { this.writeAll(); });
    setInterval(() => { if (document.visibilityState === 'visible') this.tick(); }, MINUTE / 4);
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.tick(); });
  }

  /** Which clock the times are of. */
  use(inFeedZone: boolean): void {
    this.inFeedZone = inFeedZone;
    this.writeAll();
  }

  /** Writes the times inside a part of the page. */
  readonly rewrite = (part: HTMLElement): void => {
    const times = this.inFeedZone ? (this.newsroom ??= new Times(this.view.list, this.view.language, this.zone)) : this.own;
    times.rewrite(part);
  };

  private writeAll(): void {
    slotsOf(this.view).forEach((slot) => { this.write(slot); });
  }

  private write(slot: HTMLElement | undefined): void {
    if (!slot) return;
    this.rewrite(slot);
    if (!this.inFeedZone) this.sayAgo(slot, Date.now());
  }

  /** Time has passed: what was said of the last hour is said anew, and of what is older than that by now, the clock. */
  private tick(): void {
    const now = Date.now();
    for (const slot of slotsOf(this.view)) {
      const time = slot.querySelector<HTMLElement>('.entry-published');
      if (time?.dataset['ago'] !== undefined && !this.sayAgo(slot, now)) {
        delete time.dataset['ago'];
        this.rewrite(slot);
      }
    }
  }

  private sayAgo(slot: HTMLElement, now: number): boolean {
    const time = slot.querySelector<HTMLTimeElement>('time.entry-published');
    const minutes = time ? minutesAgo(Date.parse(time.dateTime), now) : undefined;
    if (!time || minutes === undefined) return false;
    const text = this.ago(minutes);
    time.dataset['ago'] = String(minutes);
    if (time.textContent !== text) time.textContent = text;
    return true;
  }
}
