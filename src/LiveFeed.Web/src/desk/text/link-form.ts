import { closeHistory } from 'prosemirror-history';
import type { Mark } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { button, make } from '../../dom.js';
import { field } from '../ask.js';
import { meantAddress } from './address.js';
import { schema } from './schema.js';
import { words } from '../words.js';

const { link } = schema.marks;

/** What is to be linked, or is: from one place to another. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark | undefined;
}

/** Asks for the address of a link, between the buttons and the text. */
export class LinkForm {
  readonly element = make('div', { className: 'text-link', role: 'group', ariaLabel: words.text.link, hidden: true });
  private readonly linked = make('input', { type: 'text', id: 'text-link-words', dir: 'auto', autocomplete: 'off' });
  private readonly wordsField = field(words.link.words, this.linked);
  private readonly address = make('input', { type: 'text', inputMode: 'url', id: 'text-link-address', dir: 'ltr', placeholder: 'https://', autocomplete: 'off', autocapitalize: 'none', spellcheck: false });
  private readonly trouble = make('p', { className: 'text-trouble', id: 'text-link-trouble', role: 'alert' });
  private readonly remove = button(words.link.remove, () => { this.close((state) => state.tr.removeMark(this.span.from, this.span.to, link)); });
  private span: Span = { from: 0, to: 0, mark: undefined };

  /** `done` is given what to do with the text, and goes on there. */
  constructor(private readonly done: (change?: (state: EditorState) => Transaction) => void) {
    const actions = make('div', { className: 'desk-actions' }, button(words.link.set, () => { this.set(); }, 'desk-primary'), this.remove, button(words.link.cancel, () => { this.close(); }));
    this.element.append(this.wordsField, field(words.link.address, this.address), this.trouble, actions);
    // What is typed here is no part of the item yet, and sends nothing.
    this.element.addEventListener('input', (event) => { event.stopPropagation(); });
    this.element.addEventListener('keydown', (event) => { this.press(event); });
  }

  open(state: EditorState): void {
    this.span = spanOf(state);
    this.linked.value = '';
    this.wordsField.hidden = this.span.from !== this.span.to;
    this.address.value = (this.span.mark?.attrs['href'] as string | undefined) ?? '';
    this.remove.hidden = !this.span.mark;
    this.complain('');
    this.element.hidden = false;
    (this.wordsField.hidden ? this.address : this.linked).focus();
    this.address.select();
  }

  /** Without a change, where the writer has gone on to something else. */
  dismiss(): void {
    this.element.hidden = true;
  }

  private press(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      event.stopPropagation();
      this.set();
    }
  }

  private set(): void {
    const href = meantAddress(this.address.value);
    if (href === undefined) {
      this.complain(words.link.badAddress);
      this.address.focus();
      return;
    }
    const { from, to, mark } = this.span;
    const linked = link.create({ href, title: (mark?.attrs['title'] as string | null | undefined) ?? null });
    this.close(({ tr, doc }) => {
      // A step of its own to undo.
      closeHistory(tr);
      if (from !== to) return tr.removeMark(from, to, link).addMark(from, to, linked);
      const text = this.linked.value.trim() === '' ? this.address.value.trim() : this.linked.value.trim();
      return tr.insert(from, schema.text(text, linked.addToSet(doc.resolve(from).marks())));
    });
  }

  private complain(why: string): void {
    this.trouble.textContent = why;
    this.trouble.hidden = why === '';
    if (why === '') {
      this.address.removeAttribute('aria-invalid');
      this.address.removeAttribute('aria-describedby');
    } else {
      this.address.setAttribute('aria-invalid', 'true');
      this.address.setAttribute('aria-describedby', this.trouble.id);
    }
  }

  private close(change?: (state: EditorState) => Transaction): void {
    this.element.hidden = true;
    this.done(change);
  }
}

/** What is chosen; where nothing is, the link that the writer is in. */
function spanOf({ selection: { from, to, empty, $from }, doc }: EditorState): Span {
  if (!empty) {
    let mark: Mark | undefined;
    doc.nodesBetween(from, to, (node) => { mark ??= link.isInSet(node.marks); });
    return { from, to, mark };
  }
  const { node, index } = $from.parent.childBefore($from.parentOffset);
  const before = node ? link.isInSet(node.marks) : undefined;
  const mark = before ?? ($from.nodeAfter ? link.isInSet($from.nodeAfter.marks) : undefined);
  if (!mark) return { from, to, mark };
  const isLinked = (at: number): boolean => at >= 0 && at < $from.parent.childCount && mark.isInSet($from.parent.child(at).marks);
  let first = before ? index : $from.index();
  let last = first;
  while (isLinked(first - 1)) first--;
  while (isLinked(last + 1)) last++;
  return { from: $from.posAtIndex(first), to: $from.posAtIndex(last + 1), mark };
}
