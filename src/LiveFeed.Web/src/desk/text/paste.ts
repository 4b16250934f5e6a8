import { DOMParser, type ParseOptions, type Slice } from 'prosemirror-model';
import { make } from '../../dom.js';
import { markByLook, STYLE } from './pasted-styles.js';
import { schema } from './schema.js';
import { makeLists } from './word-lists.js';

/** What no reader of the copied page read, and what isn't text. */
const OUT = 'script, style, title, meta, link, template, noscript, iframe, object, embed, svg, math, img, picture, video, audio, canvas, button, input, select, '
  + `textarea, [hidden], [aria-hidden="true"], [${STYLE}*="display:none" i], [${STYLE}*="display: none" i], [${STYLE}*="mso-hide:all" i], .Apple-interchange-newline, .EOP`;

const BLOCKS = 'p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, table, section, article, header, footer, aside, figure, hr';

/** Reads what is pasted from Word, Google Docs and web pages: what isn't in the schema is left out, and what only looks like a list becomes one. */
class PasteParser extends DOMParser {
  override parseSlice(dom: HTMLElement, options?: ParseOptions): Slice {
    clean(dom);
    return super.parseSlice(dom, options);
  }
}

export const pasteParser = new PasteParser(schema, DOMParser.fromSchema(schema).rules);

/** Cleans a fragment that stands in no page: nothing in it has run or was loaded. */
export function clean(root: HTMLElement): void {
  // What was copied here is clean; and how deep it is cut stands in it, so nothing may be taken out.
  if (root.querySelector('[data-pm-slice]')) return;
  for (const element of root.querySelectorAll(OUT)) element.remove();
  makeLists(root);
  markByLook(root);
  for (const row of root.querySelectorAll('tr')) putInLine(row);
  for (const link of root.querySelectorAll('a[href]')) link.setAttribute('href', target(link.getAttribute('href') ?? ''));
  for (const line of root.querySelectorAll('br')) fitBreak(line);
  for (const block of root.querySelectorAll('p, div, li, h1, h2, h3, h4, h5, h6')) {
    if (block.textContent.trim() === '' && !block.querySelector('hr')) block.remove();
  }
}

/** The cells of a table's row become one line. Tables that only lay a page out keep their paragraphs. */
function putInLine(row: Element): void {
  const cells = [...row.children];
  if (cells.some((cell) => cell.querySelectorAll(BLOCKS).length > 1)) {
    for (const cell of cells) cell.replaceWith(make('div', {}, ...cell.childNodes));
    return;
  }
  for (const paragraph of row.querySelectorAll('p, div')) paragraph.replaceWith(...paragraph.childNodes);
  row.replaceWith(make('p', {}, ...cells.flatMap((cell, at) => at === 0 ? [...cell.childNodes] : [' ', ...cell.childNodes])));
}

/** Two breaks part paragraphs, and between blocks a break is nothing. */
function fitBreak(line: HTMLBRElement): void {
  const parent = line.parentElement;
  if (!parent) return;
  const isBlock = (node: Node | null): boolean => node instanceof HTMLElement && node.matches(BLOCKS);
  if (isBlock(line.previousElementSibling) || isBlock(line.nextElementSibling)) {
    line.remove();
    return;
  }
  const next = nextOf(line);
  if (!(next instanceof HTMLBRElement) || !parent.matches('p, div')) return;
  const first = make(parent.localName as 'p');
  while (parent.firstChild && parent.firstChild !== line) first.append(parent.firstChild);
  parent.before(first);
  line.remove();
  next.remove();
}

function nextOf(node: Node): Node | null {
  let next = node.nextSibling;
  while (next?.nodeType === Node.TEXT_NODE && (next.textContent ?? '').trim() === '') next = next.nextSibling;
  return next;
}

/** Where a link leads past those who only count clicks: Google Docs and Outlook put themselves between. */
function target(href: string): string {
  if (!URL.canParse(href)) return href;
  const { hostname, pathname, searchParams } = new URL(href);
  const isGoogle = /(?:^|\.)google\.[a-z.]+$/.test(hostname) && pathname === '/url';
  const isOutlook = hostname.endsWith('.safelinks.protection.outlook.com');
  return (isGoogle ? searchParams.get('q') ?? searchParams.get('url') : isOutlook ? searchParams.get('url') : null) ?? href;
}
