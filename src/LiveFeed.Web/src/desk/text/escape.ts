import { bareAddress } from './bare-address.js';
import { BREAK, isCode, type Letter } from './letters.js';
import { schema } from './schema.js';

/** The places of the letters that need a backslash, so that they are read as the letters that they are. */
export function placesToEscape(letters: readonly Letter[], everything: boolean): ReadonlySet<number> {
  const places = new Set<number>();
  const line = letters.map((letter) => isCode(letter) ? 'x' : letter.text).map((text) => text.length === 1 ? text : 'x').join('');
  for (const [at, letter] of letters.entries()) {
    if (letter.text !== BREAK && !isCode(letter) && needsEscape(line, at, letter, letters[at + 1], everything)) places.add(at);
  }
  for (const { index, 0: address } of everything ? [] : line.matchAll(bareAddress)) {
    for (let at = index; at < index + address.length; at++) if (!linkOf(letters[at])) places.delete(at);
  }
  for (const { index, 0: start } of line.matchAll(/(?<=^|\n)[^\n]*/g)) {
    const at = markerOf(start);
    if (at !== undefined && !isCode(letters[index + at])) places.add(index + at);
  }
  return places;
}

function linkOf(letter: Letter | undefined): Letter['marks'][number] | undefined {
  return letter?.marks.find(({ type }) => type === schema.marks.link);
}

function needsEscape(line: string, at: number, letter: Letter, next: Letter | undefined, everything: boolean): boolean {
  const [before, after] = [line[at - 1] ?? ' ', line[at + 1] ?? ' '];
  if (everything) return /[!-/:-@[-`{-~]/.test(letter.text);
  switch (letter.text) {
    case '\\':
    case '`':
      return true;
    case '*':
      return !(/\s/.test(before) && /\s/.test(after));
    case '_':
      return !(/[\p{L}\p{N}_]/u.test(before) && /[\p{L}\p{N}_]/u.test(after)) && !(/\s/.test(before) && /\s/.test(after));
    case '~':
      return before === '~' || after === '~';
    case '[':
      return linkOf(letter) !== undefined;
    case ']':
      return linkOf(letter) !== undefined || after === '(' || after === '[' || after === ':';
    // Right before a link it would make a picture of it.
    case '!':
      return after === '[' || linkOf(next) !== undefined;
    case '<':
      return /[A-Za-z/!?]/.test(after);
    case '&':
      return /^&#?[A-Za-z0-9]+;/.test(line.slice(at, at + 40));
    case '|':
      return line.includes(BREAK);
    default:
      return false;
  }
}

/** Where in a line the sign stands that would make more of the line than text. */
function markerOf(line: string): number | undefined {
  if (/^(?:#{1,6}|[-+*])(?:\s|$)|^>|^(?:([-_*=])(?:\s*\1)*\s*)$/.test(line)) return 0;
  return /^\d{1,9}(?=[.)](?:\s|$))/.exec(line)?.[0].length;
}
