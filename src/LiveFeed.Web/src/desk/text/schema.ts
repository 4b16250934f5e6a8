import { type DOMOutputSpec, Schema } from 'prosemirror-model';
import { linkAddress } from './address.js';

/** What holds paragraphs has the direction of the first of them: its signs stand on that side. A paragraph's own is the style's work. */
function holder(tag: string): () => DOMOutputSpec {
  return () => [tag, { dir: 'auto' }, 0];
}

/**
 * What the editor holds: all of LiveFeed's Markdown but tables and pictures, and nothing else. What isn't here can neither be
 * typed nor pasted, and a text that has it is opened as plain Markdown.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: holder('blockquote') },
    heading: {
      content: 'text*', group: 'block', defining: true, attrs: { level: { default: 3, validate: 'number' } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${String(level)}`, attrs: { level } })),
      // As readers see them: the entry's own heading is h2, and what a writer calls h1 or h2 is shown as h3.
      toDOM: (node) => [`h${String(Math.max(3, node.attrs['level'] as number))}`, 0],
    },
    bullet_list: {
      content: 'list_item+', group: 'block', attrs: { tight: { default: true, validate: 'boolean' } },
      parseDOM: [{ tag: 'ul' }], toDOM: holder('ul'),
    },
    ordered_list: {
      content: 'list_item+', group: 'block', attrs: { order: { default: 1, validate: 'number' }, tight: { default: true, validate: 'boolean' } },
      parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ order: startOf(list.getAttribute('start')) }) }],
      toDOM: ({ attrs }) => ['ol', { dir: 'auto', start: String(attrs['order']) }, 0],
    },
    list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    code_block: {
      content: 'text*', marks: '', group: 'block', code: true, defining: true, attrs: { params: { default: '', validate: 'string' } },
      parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }], toDOM: () => ['pre', ['code', 0]],
    },
    horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    hard_break: { inline: true, group: 'inline', selectable: false, linebreakReplacement: true, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    text: { group: 'inline' },
  },
  marks: {
    link: {
      inclusive: false, attrs: { href: { validate: 'string' }, title: { default: null, validate: 'string|null' } },
      parseDOM: [{ tag: 'a[href]', getAttrs: (link) => linkAttributes(link) }],
      toDOM: ({ attrs }) => ['a', { href: attrs['href'] as string, rel: 'noopener', ...(attrs['title'] !== null && { title: attrs['title'] as string }) }, 0],
    },
    strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: () => ['s', 0] },
    code: { code: true, parseDOM: [{ tag: 'code' }, { tag: 'kbd' }, { tag: 'samp' }, { tag: 'tt' }], toDOM: () => ['code', 0] },
  },
});

/** The number that a list starts with. Markdown has room for nine digits. */
export function startOf(written: string | null): number {
  return written !== null && /^\d{1,9}$/.test(written) ? Number(written) : 1;
}

function linkAttributes(link: HTMLElement): { href: string; title: string | null } | false {
  const href = linkAddress(link.getAttribute('href') ?? '');
  return href !== undefined && { href, title: link.getAttribute('title') };
}
