import type { Node } from 'prosemirror-model';
import { writeInline } from './inline-writer.js';
import { read, type Reading } from './reader.js';
import { schema } from './schema.js';
import { sameMeaning, tidyBlocks } from './tidy.js';

const { nodes } = schema;

/** The Markdown of a document. Blocks that are still as they were read are written as they were read, down to the last sign. */
export function write(doc: Node, sources: Reading['sources']): string {
  const kept = join(doc.children.flatMap((block) => sources.has(block) ? [block] : tidyBlocks([block])), '\n\n', sources);
  return sources.size === 0 || isRead(kept, doc) ? kept : join(tidyBlocks(doc.children), '\n\n');
}

/** Whether a text comes out of the editor as it went in, to readers: only then is the editor the place to change it. */
export function isKept({ doc }: Reading): boolean {
  return isRead(write(doc, new Map()), doc);
}

function isRead(markdown: string, doc: Node): boolean {
  const reading = read(markdown);
  return 'doc' in reading && sameMeaning(reading.doc, doc);
}

/** The list in which blocks stand. */
interface List {
  readonly type: Node['type'];
  readonly isOther: boolean;
}

function join(blocks: readonly Node[], between: string, sources: Reading['sources'] = new Map(), above?: List): string {
  // Two lists side by side are one, and three empty ones within each other are a rule across, unless their signs differ.
  let isOther = above?.isOther ?? false;
  return blocks.map((block, at) => {
    isOther = block.type === (at === 0 ? above?.type : blocks[at - 1]?.type) && !isOther;
    return sources.get(block) ?? writeBlock(block, isOther);
  }).filter((text) => text !== '').join(between);
}

function writeBlock(block: Node, isOther: boolean): string {
  switch (block.type) {
    case nodes.paragraph:
      return writeInline(block);
    case nodes.heading:
      // Signs at its end would be taken for the closing ones.
      return `${'#'.repeat(block.attrs['level'] as number)} ${writeInline(block).replace(/(?<!\\)#(?=#*$)/g, '\\#')}`;
    case nodes.blockquote:
      return indent(join(block.children, '\n\n'), '> ', '> ').replace(/^> $/gm, '>');
    case nodes.code_block:
      return writeCode(block);
    case nodes.horizontal_rule:
      // The one of its three signs that no list begins with.
      return '___';
    default:
      return writeList(block, isOther);
  }
}

function writeList(list: Node, isOther: boolean): string {
  const between = list.attrs['tight'] === true ? '\n' : '\n\n';
  const order = list.attrs['order'] as number;
  return list.children.map((item, at) => {
    const sign = list.type === nodes.bullet_list ? (isOther ? '*' : '-') : `${String(order + at)}${isOther ? ')' : '.'}`;
    const text = join(item.children, between, undefined, { type: list.type, isOther });
    return text === '' ? sign : indent(text, `${sign} `, ' '.repeat(sign.length + 1));
  }).join(between);
}

function writeCode(block: Node): string {
  const { textContent } = block;
  const params = block.attrs['params'] as string;
  const sign = params.includes('`') ? '~' : '`';
  const longest = Math.max(2, ...[...textContent.matchAll(/`+|~+/g)].map(([run]) => run.length));
  const fence = sign.repeat(longest + 1);
  return `${fence}${params}\n${textContent}\n${fence}`;
}

function indent(text: string, first: string, others: string): string {
  return text.split('\n').map((line, at) => at === 0 ? first + line : line === '' ? others.trimEnd() : others + line).join('\n');
}
