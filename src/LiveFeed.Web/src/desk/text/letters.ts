import { Mark, type Node } from 'prosemirror-model';
import { schema } from './schema.js';

/** One character of a line of writing, with its marks. A line break is a letter too. */
export interface Letter {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export const BREAK = '\n';

/** Marks that Markdown makes with delimiters, which must stand close to words. */
export const emphases = [schema.marks.strong, schema.marks.em, schema.marks.strike] as const;

export function isCode(letter: Letter | undefined): boolean {
  return letter?.marks.some(({ type }) => type === schema.marks.code) ?? false;
}

/** Whitespace that is whitespace in Markdown too: in code it is as it is. Beyond either end there is nothing but that. */
export function isSpace(letter: Letter | undefined): boolean {
  return letter === undefined || (!isCode(letter) && /\s/u.test(letter.text));
}

/** What stands in a block that is written in. */
export function lettersOf(block: Node): Letter[] {
  const letters: Letter[] = [];
  block.forEach((node) => {
    if (node.type === schema.nodes.hard_break) letters.push({ text: BREAK, marks: [] });
    else for (const text of node.text ?? '') letters.push({ text: text === '\n' ? ' ' : text, marks: node.marks });
  });
  return letters;
}

/** The way back. */
export function nodesOf(letters: readonly Letter[]): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const [at, { text, marks }] of letters.entries()) {
    if (at < end) continue;
    end = text === BREAK ? at + 1 : endOf(letters, at, (other) => other.text !== BREAK && Mark.sameSet(other.marks, marks));
    nodes.push(text === BREAK ? schema.nodes.hard_break.create(null, null, marks) : schema.text(letters.slice(at, end).map((letter) => letter.text).join(''), marks));
  }
  return nodes;
}

/** The first place from `at` on whose letter is of another kind. */
export function endOf(letters: readonly Letter[], at: number, isSame: (letter: Letter) => boolean): number {
  for (let end = at; ; end++) {
    const letter = letters[end];
    if (letter === undefined || !isSame(letter)) return end;
  }
}
