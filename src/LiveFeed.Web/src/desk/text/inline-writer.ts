import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { placesToEscape } from './escape.js';
import { BREAK, emphases, endOf, isCode, isSpace, type Letter, nodesOf } from './letters.js';
import { read } from './reader.js';
import { schema } from './schema.js';
import { closeToWords, sameMeaning, tidyLetters } from './tidy.js';

const { link, strong, em } = schema.marks;

/** A way of writing marks. Not every way can say everything: which delimiters open and close depends on what stands beside them. */
interface Way {
  readonly em: '*' | '_';
  readonly linksOutside: boolean;
}

const usual: Way = { em: '*', linksOutside: false };
const ways: readonly Way[] = [
  usual, { em: '_', linksOutside: false }, { em: '*', linksOutside: true }, { em: '_', linksOutside: true },
];

const written = new WeakMap<Node, string>();

/** What stands in a paragraph or heading, as Markdown that is read as just that. */
export function writeInline(block: Node): string {
  const known = written.get(block);
  if (known !== undefined) return known;
  const text = firstThatReads(block);
  written.set(block, text);
  return text;
}

function firstThatReads(block: Node): string {
  const letters = tidyLetters(block);
  // No way says that these are marked, or Markdown can't: then what stands between mark and word goes without, at last all of it.
  const close = emphases.reduce((all, mark) => closeToWords(all, mark, isInTheWay), letters);
  const bare = letters.map((letter) => ({ ...letter, marks: letter.marks.filter(({ type }) => !emphases.some((other) => other === type)) }));
  // A space at the end is one no more that can be said, when it isn't code.
  const unmarked = tidyLetters(block.copy(Fragment.from(nodesOf(letters.map((letter) => ({ ...letter, marks: [] }))))));
  for (const some of [letters, close, bare, unmarked]) {
    for (const way of ways) {
      const text = new Line(some, way, false).write();
      if (isRead(text, some)) return text;
    }
  }
  return new Line(unmarked, usual, true).write();
}

function isRead(text: string, letters: readonly Letter[]): boolean {
  const reading = read(text);
  return 'doc' in reading && sameMeaning(reading.doc, schema.nodes.doc.create(null, schema.nodes.paragraph.create(null, nodesOf(letters))));
}

/** A delimiter is none between a word outside and a sign inside. */
function isInTheWay(letter: Letter | undefined, outside: Letter | undefined): boolean {
  return isSpace(letter) || (isSign(letter) && !isSpace(outside) && outside !== undefined && !isSign(outside));
}

function isSign(letter: Letter | undefined): boolean {
  return isCode(letter) || /[\p{P}\p{S}]/u.test(letter?.text ?? '');
}

/** Writes letters and their marks. */
class Line {
  private readonly escaped: ReadonlySet<number>;

  constructor(private readonly letters: readonly Letter[], private readonly way: Way, everything: boolean) {
    this.escaped = placesToEscape(letters, everything);
  }

  write(from = 0, to = this.letters.length, inside: readonly Mark[] = []): string {
    let text = '';
    let at = from;
    while (at < to) {
      const run = this.nextRun(at, to, inside);
      text += run.mark ? this.wrap(run.mark, at, run.end, [...inside, run.mark]) : this.plain(at, run.end);
      at = run.end;
    }
    return text;
  }

  /** The mark to open here, the one that lasts longest, and where it ends; or the letters that need none. */
  private nextRun(at: number, to: number, inside: readonly Mark[]): { readonly mark?: Mark; readonly end: number } {
    const open = (letter: Letter | undefined): readonly Mark[] =>
      letter?.marks.filter((mark) => mark.type !== schema.marks.code && !mark.isInSet(inside)) ?? [];
    const here = this.letters[at];
    const runs = open(here).map((mark) => ({ mark, end: Math.min(to, endOf(this.letters, at, ({ marks }) => mark.isInSet(marks))) }));
    const outermost = this.way.linksOutside ? runs.find(({ mark }) => mark.type === link) : undefined;
    const longest = runs.reduce<typeof runs[number] | undefined>((best, run) => best && best.end >= run.end ? best : run, undefined);
    return outermost ?? longest ?? { end: Math.min(to, endOf(this.letters, at, (letter) => open(letter).length === 0 && isCode(letter) === isCode(here))) };
  }

  private wrap(mark: Mark, from: number, to: number, inside: readonly Mark[]): string {
    if (mark.type === link) {
      const words = this.letters.slice(from, to);
      return ownAddress(mark, words) ?? `[${this.write(from, to, inside)}](${destination(mark)})`;
    }
    const sign = mark.type === strong ? '**' : mark.type === em ? this.way.em : '~~';
    return `${sign}${this.write(from, to, inside)}${sign}`;
  }

  private plain(from: number, to: number): string {
    const letters = this.letters.slice(from, to);
    if (isCode(letters[0])) return codeSpan(letters.map(({ text }) => text).join(''));
    return letters.map(({ text }, at) => text === BREAK ? '\\\n' : this.escaped.has(from + at) ? `\\${text}` : text).join('');
  }
}

/** A link whose words are its address. */
function ownAddress({ attrs }: Mark, letters: readonly Letter[]): string | undefined {
  const words = letters.map(({ text }) => text).join('');
  const isOwn = (attrs['href'] === words || attrs['href'] === `mailto:${words}`) && attrs['title'] === null && !/[\s<>\\&]/.test(words);
  return isOwn && letters.every(({ marks }) => !marks.some(({ type }) => type === schema.marks.code)) ? `<${words}>` : undefined;
}

function destination({ attrs }: Mark): string {
  const href = (attrs['href'] as string).replace(/[\s<>\\]/g, encodeURIComponent).replace(/&(?=#?[a-z0-9]+;)/gi, '\\&');
  const title = attrs['title'] as string | null;
  const isPlain = !/[()]/.test(href);
  return `${isPlain ? href : `<${href}>`}${title === null ? '' : ` "${title.replace(/\s+/g, ' ').replace(/[\\"&]/g, '\\$&')}"`}`;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(text) ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}
