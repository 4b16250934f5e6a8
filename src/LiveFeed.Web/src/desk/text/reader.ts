import MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';
import { MarkdownParser } from 'prosemirror-markdown';
import type { Node } from 'prosemirror-model';
import { linkAddress } from './address.js';
import { readBareAddresses } from './bare-address.js';
import { schema, startOf } from './schema.js';
import { words } from '../words.js';

/** A text as the editor shows it, and for each of its outermost blocks the Markdown it was read from. */
export interface Reading {
  readonly doc: Node;
  readonly sources: ReadonlyMap<Node, string>;
}

// HTML is read only to be noticed: to readers it is text.
const tokenizer = new MarkdownIt('commonmark', { html: true }).enable(['table', 'strikethrough']);
tokenizer.validateLink = () => true;
tokenizer.normalizeLink = (address) => address;
tokenizer.normalizeLinkText = (address) => address;
readBareAddresses(tokenizer);

const parser = new MarkdownParser(schema, { parse: (_: string, env: { tokens: Token[] }) => env.tokens } as unknown as MarkdownIt, {
  paragraph: { block: 'paragraph' },
  blockquote: { block: 'blockquote' },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  bullet_list: { block: 'bullet_list', getAttrs: (_, tokens, at) => ({ tight: isTight(tokens, at) }) },
  ordered_list: { block: 'ordered_list', getAttrs: (token, tokens, at) => ({ order: startOf(token.attrGet('start')), tight: isTight(tokens, at) }) },
  list_item: { block: 'list_item' },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: { block: 'code_block', getAttrs: (token) => ({ params: token.info.trim() }), noCloseToken: true },
  hr: { node: 'horizontal_rule' },
  hardbreak: { node: 'hard_break' },
  strong: { mark: 'strong' },
  em: { mark: 'em' },
  s: { mark: 'strike' },
  code_inline: { mark: 'code', noCloseToken: true },
  link: { mark: 'link', getAttrs: (token) => ({ href: linkAddress(token.attrGet('href') ?? ''), title: token.attrGet('title') }) },
});

/** Reads Markdown; or says why the editor has no place for all that is in it. */
export function read(markdown: string): Reading | { readonly why: string } {
  const env: { references?: object } = {};
  const tokens = tokenizer.parse(markdown, env);
  // A note at the end that isn't an address is text to the tokenizer, and yet no paragraph to who wrote it.
  const why = env.references || /^ {0,3}\[\^[^\]]+\]:/m.test(markdown) ? words.plain.references : whyNot(tokens);
  if (why !== undefined) return { why };
  const doc = parser.parse('', { tokens });
  return wordsOf(tokens) === doc.textContent.length ? { doc, sources: sourcesOf(markdown, tokens, doc) } : { why: words.plain.other };
}

function whyNot(tokens: readonly Token[]): string | undefined {
  for (const token of tokens) {
    const { type, children } = token;
    const why = type.startsWith('html_') ? words.plain.html
      : type === 'image' ? words.plain.picture
      : type === 'table_open' || (type === 'inline' && hasTable(token.content)) ? words.plain.table
      : type === 'link_open' && linkAddress(token.attrGet('href') ?? '') === undefined ? words.plain.link
      : children ? whyNot(children) : undefined;
    if (why !== undefined) return why;
  }
  return undefined;
}

/** The server takes more for a table than the tokenizer does: no line that might part a head from its rows is risked. */
function hasTable(lines: string): boolean {
  return /\n(?=[^\n]*\|)(?=[^\n]*-)[ \t|:-]+(?:\n|$)/.test(lines);
}

/** How many characters there are to read: what a parser drops without a word is missed in the document. */
function wordsOf(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { type, content, children }) => sum
    + (children ? wordsOf(children)
      : type === 'softbreak' ? 1
      : type === 'fence' || type === 'code_block' ? content.replace(/\n$/, '').length
      : type === 'hardbreak' ? 0 : content.length), 0);
}

/** Without blank lines: the tokenizer hides the paragraphs of such a list. Where it has none nobody can tell. */
function isTight(tokens: readonly Token[], at: number): boolean {
  const level = tokens[at]?.level ?? 0;
  const length = tokens.slice(at + 1).findIndex((token) => token.level === level);
  return tokens.slice(at + 1, at + 1 + length).every((token) => token.level !== level + 2 || token.type !== 'paragraph_open' || token.hidden);
}

function sourcesOf(markdown: string, tokens: readonly Token[], doc: Node): ReadonlyMap<Node, string> {
  const lines = markdown.split(/\r\n|\r|\n/);
  const places = tokens.flatMap(({ level, nesting, map }) => level === 0 && nesting >= 0 && map ? [map] : []);
  if (places.length !== doc.childCount) return new Map();
  return new Map(places.map(([from, to], at) => [doc.child(at), lines.slice(from, to).join('\n').replace(/(?:\n[ \t]*)+$/, '')]));
}
