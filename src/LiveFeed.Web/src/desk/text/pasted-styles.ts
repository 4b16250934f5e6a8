import { make } from '../../dom.js';

/** How text looks that was copied. */
interface Look {
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isStruck: boolean;
}

/** Where the style of an element stands after `disarm`. */
export const STYLE = 'data-style';

/**
 * Takes styles and handlers out of the browser's hands, before it reads the HTML: the desk's policy forbids both, even in what is
 * never shown, so they would do nothing but fill the console; and what is bold only by its style would be lost.
 */
export function disarm(html: string): string {
  return html
    .replace(/<style\b[^]*?<\/style\s*>|<!--[^]*?-->/gi, '')
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) => tag.replace(/(["'\s/])(style|on[a-z]+)(?=\s*=)/gi, '$1data-$2'));
}

/** Marks what looked bold, italic or struck through, by its style or its element, and nothing else: styles of inner elements win. */
export function markByLook(root: Node, look: Look = { isBold: false, isItalic: false, isStruck: false }): void {
  for (const node of [...root.childNodes]) {
    if (node instanceof Text) mark(node, look);
    else if (node instanceof Element) {
      markByLook(node, lookOf(node, look));
      if (node.matches('b, strong, i, em, s, del, strike, u, ins')) node.replaceWith(...node.childNodes);
    }
  }
}

function mark(text: Text, { isBold, isItalic, isStruck }: Look): void {
  if (text.data.trim() === '') return;
  for (const tag of ['strong', 'em', 's'] as const) {
    if (!{ strong: isBold, em: isItalic, s: isStruck }[tag]) continue;
    const wrapper = make(tag);
    text.replaceWith(wrapper);
    wrapper.append(text);
  }
}

function lookOf(element: Element, outside: Look): Look {
  const style = (element.getAttribute(STYLE) ?? '').toLowerCase();
  const weight = valueOf(style, 'font-weight');
  const slope = valueOf(style, 'font-style');
  // A heading is bold as it is.
  const isHeading = /^h[1-6]$/.test(element.localName);
  return {
    isBold: !isHeading && (weight === undefined || weight === 'inherit' ? outside.isBold || element.matches('b, strong') : /^(?:bold|[6-9]\d\d)/.test(weight)),
    isItalic: slope === undefined || slope === 'inherit' ? outside.isItalic || element.matches('i, em') : /^(?:italic|oblique)/.test(slope),
    isStruck: outside.isStruck || element.matches('s, del, strike') || /text-decoration[^;]*line-through/.test(style),
  };
}

function valueOf(style: string, property: string): string | undefined {
  return new RegExp(`(?:^|[;\\s])${property}\\s*:\\s*([^;!]*)`).exec(style)?.[1]?.trim();
}
