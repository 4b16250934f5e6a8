import { Fragment, type MarkType, type Node } from 'prosemirror-model';
import { BREAK, emphases, endOf, isCode, isSpace, type Letter, lettersOf, nodesOf } from './letters.js';
import { schema } from './schema.js';

const { nodes } = schema;

/** A block never changes, so what a long text has of them is tidied once, not at every key. */
const known = new WeakMap<Node, Node | undefined>();

/** A document as Markdown can say it: without empty paragraphs, without space at the ends of lines, nothing bold that isn't seen. */
export function tidy(doc: Node): Node {
  const blocks = tidyBlocks(doc.children);
  return doc.copy(Fragment.from(blocks.length === 0 ? nodes.paragraph.create() : blocks));
}

/** Two documents that mean the same to readers. */
export function sameMeaning(one: Node, other: Node): boolean {
  return tidy(one).eq(tidy(other));
}

/** The letters of a block, without what can't be said. */
export function tidyLetters(block: Node): readonly Letter[] {
  const written = lettersOf(block);
  const isEdge = (at: number, step: number): boolean => {
    let next = at;
    while (written[next] !== undefined && written[next]?.text !== BREAK && isSpace(written[next])) next += step;
    return written[next] === undefined || written[next]?.text === BREAK;
  };
  const lines = written.filter((letter, at) => letter.text === BREAK || isCode(letter) || !/[ \t]/.test(letter.text) || !(isEdge(at, 1) || isEdge(at, -1)));
  const from = endOf(lines, 0, ({ text }) => text === BREAK);
  const letters = lines.slice(from);
  while (letters.at(-1)?.text === BREAK) letters.pop();
  const joined = letters.map((letter, at) => letter.text === BREAK ? { ...letter, marks: shared(letters, at) } : letter);
  return emphases.reduce<readonly Letter[]>((all, mark) => closeToWords(all, mark, isSpace), joined);
}

/** Takes a mark off what stands at the ends of each of its runs, as long as it is such. */
export function closeToWords(
  letters: readonly Letter[],
  type: MarkType,
  isOff: (letter: Letter | undefined, outside: Letter | undefined) => boolean,
): readonly Letter[] {
  const isMarked = (letter: Letter): boolean => letter.marks.some((mark) => mark.type === type);
  const result = [...letters];
  for (let at = 0; at < letters.length; at++) {
    const end = endOf(letters, at, isMarked);
    let [first, last] = [at, end - 1];
    while (first <= last && isOff(letters[first], letters[first - 1])) first++;
    while (last >= first && isOff(letters[last], letters[last + 1])) last--;
    for (let place = at; place < end; place++) {
      const letter = letters[place];
      if (letter && (place < first || place > last)) result[place] = { ...letter, marks: type.removeFromSet(letter.marks) };
    }
    at = Math.max(at, end - 1);
  }
  return result;
}

/** A break is marked as what it breaks. */
function shared(letters: readonly Letter[], at: number): Letter['marks'] {
  const isText = ({ text }: Letter): boolean => text !== BREAK;
  const before = letters.slice(0, at).reverse().find(isText);
  const after = letters.slice(at).find(isText);
  return before?.marks.filter((mark) => mark.type !== schema.marks.code && after !== undefined && mark.isInSet(after.marks)) ?? [];
}

export function tidyBlocks(blocks: readonly Node[]): Node[] {
  return blocks.map((block) => {
    const tidied = known.has(block) ? known.get(block) : tidyBlock(block);
    known.set(block, tidied);
    return tidied;
  }).filter((block) => block !== undefined);
}

function tidyBlock(block: Node): Node | undefined {
  switch (block.type) {
    case nodes.paragraph:
    case nodes.heading: {
      const letters = tidyLetters(block);
      return letters.length === 0 ? undefined : block.copy(Fragment.from(nodesOf(letters)));
    }
    case nodes.blockquote: {
      const blocks = tidyBlocks(block.children);
      return blocks.length === 0 ? undefined : block.copy(Fragment.from(blocks));
    }
    case nodes.list_item: {
      const blocks = tidyBlocks(block.children);
      return block.copy(Fragment.from(blocks.length === 0 ? nodes.paragraph.create() : blocks));
    }
    case nodes.bullet_list:
    case nodes.ordered_list: {
      const items = Fragment.from(tidyBlocks(block.children));
      return block.type.create({ ...block.attrs, tight: isTight(block, items.content) }, items);
    }
    default:
      return block;
  }
}

/** Whether a list is written without blank lines: where one is needed, or there is no room for one, it isn't the writer's choice. */
function isTight(list: Node, items: readonly Node[]): boolean {
  const isOne = items.length === 1 && items[0]?.childCount === 1;
  const isText = items.some((item) => item.children.some((block) => block.type === nodes.paragraph && block.childCount > 0));
  return items.every(canBeTight) && (isOne || !isText || list.attrs['tight'] === true);
}

function canBeTight(item: Node): boolean {
  return item.children.every((block, at) => at === 0 || canFollow(item.child(at - 1), block));
}

/** Whether a block may stand right below another, and isn't taken for a part of it. */
function canFollow(above: Node, below: Node): boolean {
  if ([nodes.heading, nodes.code_block, nodes.horizontal_rule].some((type) => type === above.type)) return true;
  if (below.type === nodes.paragraph || (above.type === below.type && below.type === nodes.blockquote)) return false;
  if (below.type === nodes.ordered_list && below.attrs['order'] !== 1) return false;
  const isEmptyItem = below.firstChild?.type === nodes.list_item && below.firstChild.textContent === '' && below.firstChild.childCount === 1;
  return !isEmptyItem;
}
