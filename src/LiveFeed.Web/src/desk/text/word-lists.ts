import { make } from '../../dom.js';
import { STYLE } from './pasted-styles.js';

/** One item of a list that isn't written as one: Word tells lists by styles, level by level. */
interface Item {
  readonly level: number;
  readonly tag: 'ul' | 'ol';
  readonly start: string | undefined;
  readonly content: readonly Node[];
}

/** Makes lists of the paragraphs that Word shows as lists, and one list of the many of one item each that Word makes in a browser. */
export function makeLists(root: ParentNode): void {
  let last: { readonly lists: HTMLElement[]; readonly after: Element } | undefined;
  for (const element of root.querySelectorAll(`p[${STYLE}*="mso-list"], .ListContainerWrapper`)) {
    const item = itemOf(element);
    if (!item) continue;
    if (last?.after !== element.previousElementSibling) last = undefined;
    const lists: HTMLElement[] = last?.lists.slice(0, item.level) ?? [];
    let list = lists[item.level - 1];
    if (list?.localName !== item.tag) {
      list = make(item.tag);
      if (item.start !== undefined) list.setAttribute('start', item.start);
      // A level that was left out has no list to stand in; the next one above has.
      const above = lists.slice(0, item.level - 1).filter(Boolean).at(-1);
      if (above) (above.lastElementChild ?? above).append(list);
      else element.before(list);
      lists[item.level - 1] = list;
    }
    list.append(make('li', {}, make('p', {}, ...item.content)));
    const outermost = lists.find(Boolean) ?? list;
    element.remove();
    last = { lists, after: outermost };
  }
}

function itemOf(element: Element): Item | undefined {
  const inside = element.querySelector('li');
  if (element.className.includes('ListContainerWrapper')) {
    const list = inside?.parentElement;
    if (!inside || !list) return undefined;
    const level = Number(inside.getAttribute('data-aria-level') ?? 1);
    return { level, tag: list.localName === 'ol' ? 'ol' : 'ul', start: list.getAttribute('start') ?? undefined, content: [...(inside.querySelector('p') ?? inside).childNodes] };
  }
  const level = /mso-list:[^;]*\blevel(\d+)/i.exec(element.getAttribute(STYLE) ?? '')?.[1];
  if (level === undefined) return undefined;
  const sign = element.querySelector(`[${STYLE}*="mso-list:Ignore" i], [${STYLE}*="mso-list: Ignore" i]`);
  const number = /^\s*\(?(?:(\d{1,9})|[a-z]{1,5})[.)]/i.exec(sign?.textContent ?? '');
  sign?.remove();
  return { level: Math.min(9, Math.max(1, Number(level))), tag: number ? 'ol' : 'ul', start: number?.[1], content: [...element.childNodes] };
}
