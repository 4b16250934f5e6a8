import { ofTheReader } from '../ticker/language.js';
import { isBehind, parsePosition, type Position } from '../ticker/position.js';
import { Times } from '../ticker/times.js';
import type { FeedNews } from './feed-news.js';

/** A feed as it stands on the front page. */
export class Row {
  /** Who hears of the feed; undefined where nobody does. */
  news: FeedNews | undefined;
  /** As the server rendered it: here its times are as the reader has them. */
  private served: Node;
  private readonly times: Times;

  constructor(readonly element: HTMLElement) {
    this.served = element.cloneNode(true);
    this.times = new Times(element, ofTheReader(element.lang));
    this.times.rewrite(element);
  }

  /** What of the feed is shown, at least. */
  get position(): Position | undefined {
    return positionOf(this.element);
  }

  /** When the newest item was published, in milliseconds since 1970; 0 where there is none. */
  get newest(): number {
    return Date.parse(this.element.querySelector('time')?.dateTime ?? '') || 0;
  }

  /** Whether less is shown than is known. */
  get isBehind(): boolean {
    const { position: shown } = this;
    const known = this.news?.at;
    return known !== undefined && (shown?.epoch !== known.epoch || isBehind(shown, known));
  }

  /** Says what the server's row says, unless that is older than what is known here. The link stays the same one: the reader's focus may be on it. */
  takeOver(row: HTMLElement): void {
    const at = positionOf(row);
    const isOld = at !== undefined && [this.position, this.news?.at].some((known) => known !== undefined && isBehind(at, known));
    if (!isOld && !row.isEqualNode(this.served)) {
      this.served = row.cloneNode(true);
      for (const { name, value } of row.attributes) this.element.setAttribute(name, value);
      const [link, newer] = [this.element, row].map((one) => one.querySelector('a'));
      if (link && newer) {
        if (link.textContent !== newer.textContent) link.textContent = newer.textContent;
        while (link.nextSibling) link.nextSibling.remove();
        while (newer.nextSibling) this.element.append(newer.nextSibling);
      }
    }
    // Another day may have begun as well.
    this.times.rewrite(this.element);
  }

  /** Its text is not to be read any longer. What stands in its place, the server's next row tells. */
  withdraw(id: string): void {
    this.element.querySelector(`[data-id="${CSS.escape(id)}"]`)?.replaceChildren();
  }
}

export function feedOf(row: HTMLElement): string {
  return row.dataset['feed'] ?? '';
}

function positionOf(row: HTMLElement): Position | undefined {
  return parsePosition(row.dataset['position']);
}
