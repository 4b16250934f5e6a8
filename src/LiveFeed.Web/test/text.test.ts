import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fragment, type Mark, type Node, Slice } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { read, type Reading } from '../src/desk/text/reader.js';
import { schema } from '../src/desk/text/schema.js';
import { sameMeaning } from '../src/desk/text/tidy.js';
import { isKept, write } from '../src/desk/text/writer.js';
import { words } from '../src/desk/words.js';

const { nodes, marks } = schema;

function opened(markdown: string): Reading {
  const reading = read(markdown);
  if ('why' in reading) throw new Error(`${reading.why}\n${markdown}`);
  return reading;
}

function written(doc: Node): string {
  return write(doc, new Map());
}

function paragraph(...content: readonly (string | Node)[]): Node {
  return nodes.doc.create(null, nodes.paragraph.create(null, content.map((one) => typeof one === 'string' ? schema.text(one) : one)));
}

describe('What is Markdown to readers', () => {
  it.each([
    'One line', 'Two\n\nparagraphs', '**bold** and *italic*, ~~struck~~, `code`', '[a link](https://example.org/?a=1&b=2 "Its title")',
    '<https://example.org/> and <desk@example.org>', 'https://example.org/a_b_c/*d* stays', '> A quote\n>\n> of two', '- one\n- two\n  - deep\n- three',
    '7. seven\n8. eight', '- loose\n\n- list', '### A heading', 'Under it\n---', '```js\nlet a = `b`;\n```', 'a  \nb\\\nc', 'before\n\n---\n\nafter',
    '- - nested at once', '* a\n* b\n\n1. c\n\n\n- d', '> - in a quote\n>   > deeper', '**see [this link](https://example.org/) there**', 'I *really **mean** it*',
    'فيضان في **البصرة**', '日本語の**強調**です', '-\n- b', 'AT&T &amp; &copy; &lt;b&gt;', '5 * 3 = 15', 'a_b_c', '[sic] and [1]', '1986\\. A great year', '0. nought',
  ])('opens in the editor and comes out as it is: %j', (markdown) => {
    const reading = opened(markdown);
    expect(isKept(reading)).toBe(true);
    expect(write(reading.doc, reading.sources).trim()).toBe(markdown.trim().replace(/\n\n\n/g, '\n\n'));
  });

  it.each([
    '| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n---|---\n1 | 2', '<div>raw</div>', 'some <b>raw</b> tag', 'A note[^1]\n\n[^1]: the note', '[a][1]\n\n[1]: https://example.org/',
    '![a picture](https://example.org/a.jpg)', '[bad](javascript:alert(1))', '[here](/there)', '<!-- hidden -->', 'a\\\nb\n===',
  ])('stays plain Markdown where the editor has no place for it: %j', (markdown) => {
    const reading = read(markdown);
    expect('why' in reading || !isKept(reading)).toBe(true);
  });

  it.each([
    '*not italic*', '_not italic_', '**', '# not a heading', '- not a list', '+ nor this', '1. nor this', '12) nor this', '> not a quote', '---', '***', '===', '~~~', '~~x~~',
    '```', '`code`', '<b>', '<https://example.org/>', '&amp;', '&#65;', '[a](b)', '![a](b)', '[a]: b', '\\', '\\*', 'a\\', '#', '## #', '[x]', '_', 'a_', '5 * 3', 'snake_case', '| a |',
  ])('keeps what looks like markup the letters that were typed: %j', (text) => {
    expect(opened(written(paragraph(text))).doc.textContent).toBe(text);
    const heading = nodes.doc.create(null, nodes.heading.create(null, schema.text(text)));
    expect(opened(written(heading)).doc.eq(heading)).toBe(true);
    const second = paragraph('x', nodes.hard_break.create(), text);
    expect(opened(written(second)).doc.eq(second)).toBe(true);
  });

  it('changes only the block that was changed', () => {
    const markdown = '* one\n* two\n\nA *line*\nbroken\n\nAnother';
    const { doc, sources } = opened(markdown);
    const changed = doc.replace(doc.content.size - 1, doc.content.size - 1, new Slice(Fragment.from(schema.text(' one')), 0, 0));
    expect(write(changed, sources)).toBe('* one\n* two\n\nA *line*\nbroken\n\nAnother one');
  });

  it('keeps empty lists within each other apart from a rule across', () => {
    const list = (block: Node): Node => nodes.bullet_list.create({ tight: true }, nodes.list_item.create(null, block));
    const doc = nodes.doc.create(null, list(list(list(nodes.paragraph.create()))));
    expect(written(doc)).toBe('- * -');
    expect(written(opened('- * -').doc)).toBe('- * -');
  });

  it('keeps lists apart that would run into one another', () => {
    const { doc, sources } = opened('- one\n\nbetween\n\n- two');
    const without = doc.copy(doc.content.cut(0, doc.child(0).nodeSize).append(doc.content.cut(doc.child(0).nodeSize + doc.child(1).nodeSize)));
    expect(sameMeaning(opened(write(without, sources)).doc, without)).toBe(true);
  });
});

describe('Real input', () => {
  it.each([...demoBodies(), ...bodies(process.env['LIVEFEED_DATA'])])('is kept, or stays plain for its table: %s', (_, body) => {
    const reading = read(body);
    if ('why' in reading) expect([reading.why, body]).toEqual([words.plain.table, expect.stringContaining('|--')]);
    else expect(isKept(reading)).toBe(true);
  });
});

/** What the demo tells: the raw strings of its story. */
function demoBodies(): [string, string][] {
  const story = readFileSync('../LiveFeed.Server/Demo/DemoStory.cs', 'utf8');
  const told = [...story.matchAll(/Body = """\n([^]*?)\n *"""|Body = "((?:[^"\\]|\\.)*)"/g)]
    .map(([, raw, plain]) => raw?.replace(/^ +/gm, '') ?? (JSON.parse(`"${plain ?? ''}"`) as string));
  expect(told.length).toBeGreaterThan(5);
  return told.map((text) => [text.slice(0, 40), text]);
}

/** What agencies and newsrooms wrote, where it is at hand. */
function bodies(data: string | undefined): [string, string][] {
  if (data === undefined) return [];
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length > 60 && !/<\w/.test(value)) found.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const folder of ['liveblog', 'ninjs']) {
    for (const file of readdirSync(join(data, folder)).filter((name) => !name.includes('schema'))) collect(JSON.parse(readFileSync(join(data, folder, file), 'utf8')));
  }
  return [...new Set(found)].map((text) => [text.slice(0, 40), text]);
}

describe('Any document', () => {
  const seed = Number(process.env['LIVEFEED_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  it(`is read as it was written (LIVEFEED_SEED=${String(seed)})`, () => {
    const any = new Any(seed);
    for (let round = 0; round < 300; round++) {
      const doc = any.document();
      const text = written(doc);
      const again = read(text);
      if ('why' in again) expect.fail(`${again.why}\n${text}`);
      expect(lettersIn(again.doc), text).toBe(lettersIn(doc));
      // What Markdown can't mark is written without; what is left is said for good.
      expect(isKept(again), text).toBe(true);
      expect(written(again.doc), text).toBe(text);
    }
  });
});

function lettersIn(doc: Node): string {
  return doc.textBetween(0, doc.content.size, ' ', ' ').replace(/\s+/g, '');
}

/** Makes documents at random, the same ones for the same seed. */
class Any {
  constructor(private state: number) {}

  document(): Node {
    const doc = nodes.doc.create(null, this.some(1, 4, () => this.block(0)));
    doc.check();
    return doc;
  }

  private block(depth: number): Node {
    const kind = this.below(depth > 2 ? 4 : 8);
    if (kind < 3) return nodes.paragraph.create(null, this.inline(true));
    if (kind === 3) return nodes.heading.create({ level: 1 + this.below(6) }, this.inline(false));
    if (kind === 4) return nodes.blockquote.create(null, this.some(1, 3, () => this.block(depth + 1)));
    if (kind === 5) return this.below(2) === 0 ? nodes.horizontal_rule.create() : nodes.code_block.create(null, this.code());
    const items = this.some(1, 3, () => nodes.list_item.create(null, this.some(1, 2, () => this.block(depth + 1))));
    return kind === 6 ? nodes.bullet_list.create({ tight: this.below(2) === 0 }, items) : nodes.ordered_list.create({ order: this.below(3), tight: this.below(2) === 0 }, items);
  }

  private code(): Node | null {
    const text = this.words().trim();
    return text === '' ? null : schema.text(text);
  }

  private inline(breaks: boolean): Node[] {
    return this.some(0, 5, () => breaks && this.below(8) === 0 ? nodes.hard_break.create() : schema.text(this.words(), this.marks()));
  }

  private words(): string {
    const parts = ['word', 'a', ' ', ' ', '.', ',', '*', '_', '~~', '`', '[', ']', '(', ')', '!', '#', '-', '+', '1.', '>', '<b', '&amp;', '\\', '|', ':', '"', '=', 'é', '語', '。', '🙂', 'https://example.org/a_b'];
    return this.some(1, 6, () => parts[this.below(parts.length)] ?? '').join('');
  }

  private marks(): readonly Mark[] {
    const all = [marks.strong.create(), marks.em.create(), marks.strike.create(), marks.code.create(), marks.link.create({ href: 'https://example.org/(x)?a=1&b' })];
    return all.reduce<readonly Mark[]>((set, mark) => this.below(4) === 0 ? mark.addToSet(set) : set, []);
  }

  private some<T>(from: number, to: number, make: () => T): T[] {
    return Array.from({ length: from + this.below(to - from + 1) }, make);
  }

  /** A linear congruential generator. */
  private below(limit: number): number {
    this.state = (Math.imul(this.state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }
}
