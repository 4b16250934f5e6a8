import { Fragment, type ResolvedPos, Slice } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { linkAddress } from './address.js';
import { isInside } from './commands.js';
import { schema } from './schema.js';

const { nodes, marks } = schema;

/**
 * Text as it is, whatever it looks like. Where blank lines part it they are its paragraphs, and other line breaks stay breaks, as
 * the server has it for plain text; without any, each line is a paragraph, as word processors copy them.
 */
export function plainSlice(text: string, context: ResolvedPos): Slice {
  const whole = text.replace(/\r\n?/g, '\n').trim();
  const paragraphs = whole.split(/\n(?:[ \t]*\n)+/.test(whole) ? /\n(?:[ \t]*\n)+/ : '\n');
  const active = context.marks();
  const paragraph = (lines: string): ReturnType<typeof nodes.paragraph.create> => nodes.paragraph.create(null, lines.split('\n').flatMap((line, at) => [
    ...(at > 0 ? [nodes.hard_break.create()] : []), ...(line === '' ? [] : [schema.text(line, active)]),
  ]));
  return Slice.maxOpen(Fragment.from(paragraphs.map(paragraph)));
}

/** An address that is pasted over words links them. */
export function linkWords(view: EditorView, event: ClipboardEvent): boolean {
  const href = linkAddress(event.clipboardData?.getData('text/plain') ?? '');
  const { from, to } = view.state.selection;
  const words = view.state.doc.textBetween(from, to, '\n');
  if (href === undefined || words.trim() === '' || words.includes('\n') || isInside(view.state, nodes.code_block)) return false;
  view.dispatch(view.state.tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href })).scrollIntoView());
  return true;
}
