import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import type { MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { schema } from './schema.js';

const { nodes, marks } = schema;

/** Whether what is chosen, or will be typed, has the mark. */
export function hasMark({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

/** Whether the writer is inside such a block. */
export function isInside({ selection: { $from } }: EditorState, type: NodeType): boolean {
  return Array.from({ length: $from.depth + 1 }, (_, depth) => $from.node(depth)).some((node) => node.type === type);
}

export const toggleStrong = toggleMark(marks.strong);
export const toggleEm = toggleMark(marks.em);
export const toggleStrike = toggleMark(marks.strike);

/** A heading, or a paragraph again. */
export const toggleHeading: Command = (state, dispatch) =>
  setBlockType(isInside(state, nodes.heading) ? nodes.paragraph : nodes.heading)(state, dispatch);

/** Into a quote, or out of it with all that is chosen, though it be a list. */
export const toggleQuote: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const quoted = $from.blockRange($to, (node) => node.type === nodes.blockquote);
  if (!quoted) return wrapIn(nodes.blockquote)(state, dispatch);
  // Whatever may hold a quote may hold what stands in it.
  dispatch?.(state.tr.lift(quoted, quoted.depth - 1).scrollIntoView());
  return true;
};

/** Into a list, out of it, or from the other kind into this. */
export function toggleList(type: NodeType): Command {
  const other = type === nodes.bullet_list ? nodes.ordered_list : nodes.bullet_list;
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth);
      if (node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
      if (node.type === other) {
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { tight: node.attrs['tight'] as boolean }).scrollIntoView());
        return true;
      }
    }
    return wrapInList(type)(state, dispatch);
  };
}

const breakLine: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent || isInside(state, nodes.heading)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create(), true).scrollIntoView());
  return true;
};

/** An empty last line of code leads out of the code. */
const leaveCode: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const isLast = $from.parent.type === nodes.code_block && empty && $from.parentOffset === $from.parent.content.size && $from.parent.textContent.endsWith('\n');
  return isLast && exitCode(state, dispatch && ((transaction) => { dispatch(transaction.delete($from.pos - 1, $from.pos)); }));
};

/** All keys of the editor. Tab isn't one: it goes on to the next control, as from every field. */
export const keys: Record<string, Command> = {
  ...baseKeymap,
  'Mod-b': toggleStrong,
  'Mod-i': toggleEm,
  'Mod-z': undo,
  'Mod-y': redo,
  'Shift-Mod-z': redo,
  'Shift-Enter': chainCommands(exitCode, breakLine),
  'Mod-]': sinkListItem(nodes.list_item),
  'Mod-[': liftListItem(nodes.list_item),
  Enter: chainCommands(leaveCode, splitListItem(nodes.list_item), baseKeymap['Enter'] ?? (() => false)),
  // The form is sent with these: nothing is to be typed. The form hears of them too.
  'Mod-Enter': () => true,
  'Ctrl-Enter': () => true,
};
