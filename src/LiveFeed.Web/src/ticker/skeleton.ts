/** The parts of the element, as the server renders them; made here when it didn't. */
export interface Skeleton {
  readonly status: HTMLElement;
  /** Where the reader steers: the pace. */
  readonly controls: HTMLElement;
  /** In view wherever the reader is in the list: what they must be told, and under it, over the list, how much waits. */
  readonly over: HTMLElement;
  readonly list: HTMLElement;
  readonly more: HTMLElement;
  /** For those who don't see the page: what is written here is read out. */
  readonly voice: HTMLElement;
}

export function skeletonOf(host: HTMLElement, label: string): Skeleton {
  const status = part(host, 'p', 'feed-status');
  status.setAttribute('role', 'status');
  const list = part(host, 'div', 'feed-entries');
  nameRole(list);
  for (const article of list.querySelectorAll('.feed-slot > article')) nameArticle(article);
  list.ariaLabel ??= label;
  const more = part(host, 'p', 'feed-more');
  const voice = part(host, 'p', 'feed-voice');
  voice.ariaLive = 'polite';
  const controls = part(host, 'div', 'feed-controls');
  status.after(controls);
  const over = part(host, 'div', 'feed-over');
  list.before(over);
  return { status, controls, over, list, more, voice };
}

/** A feed must have articles; until there are some the list is a group. */
export function nameRole(list: HTMLElement): void {
  list.setAttribute('role', list.childElementCount > 0 ? 'feed' : 'group');
}

/** An article of a feed can be gone to with the keyboard, and is named by its headline. */
export function nameArticle(article: Element | null): void {
  if (!article) return;
  (article as HTMLElement).tabIndex = -1;
  const headline = article.querySelector('.entry-headline');
  if (!headline) return;
  headline.id = `${article.id}-headline`;
  article.setAttribute('aria-labelledby', headline.id);
}

function part(host: HTMLElement, tag: string, className: string): HTMLElement {
  const there = host.querySelector<HTMLElement>(`:scope > .${className}`);
  if (there) return there;
  const made = document.createElement(tag);
  made.className = className;
  host.append(made);
  return made;
}
