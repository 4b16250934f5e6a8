import { words } from './words.js';

/** The parts of the element, as the server renders them; made here when it didn't. */
export interface Skeleton {
  readonly status: HTMLElement;
  readonly list: HTMLElement;
  readonly more: HTMLElement;
}

export function skeletonOf(host: HTMLElement): Skeleton {
  const status = part(host, 'p', 'feed-status');
  status.setAttribute('role', 'status');
  const list = part(host, 'div', 'feed-entries');
  list.setAttribute('role', 'feed');
  list.ariaLabel ??= words.entries;
  return { status, list, more: part(host, 'p', 'feed-more') };
}

function part(host: HTMLElement, tag: string, className: string): HTMLElement {
  const there = host.querySelector<HTMLElement>(`:scope > .${className}`);
  if (there) return there;
  const made = document.createElement(tag);
  made.className = className;
  host.append(made);
  return made;
}
