import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { AllSelection, type Command, EditorState, type Plugin, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { keys } from './commands.js';
import { markdownRules } from './input-rules.js';
import { pasteParser } from './paste.js';
import { disarm } from './pasted-styles.js';
import { linkWords, plainSlice } from './plain-paste.js';
import type { Reading } from './reader.js';
import { schema } from './schema.js';
import { write } from './writer.js';

/** The text as readers will see it, to write in. What isn't touched comes out as it was put in, to the last sign. */
export class Formatted {
  readonly box: HTMLElement;
  private readonly view: EditorView;
  private readonly plugins: readonly Plugin[];
  private text = '';
  private reading: Reading = { doc: schema.nodes.doc.create(null, schema.nodes.paragraph.create()), sources: new Map() };
  private known: { readonly doc: Node; readonly text: string } | undefined;
  private isEditable = true;

  /** `moved` is told of whatever may change what the buttons show. */
  constructor(attributes: Record<string, string>, askForLink: Command, private readonly moved: () => void) {
    this.plugins = [markdownRules, keymap({ 'Mod-k': askForLink }), keymap(keys), history()];
    this.view = new EditorView(null, {
      state: this.stateOf(this.reading.doc),
      attributes: () => ({ ...attributes, 'aria-readonly': String(!this.isEditable) }),
      editable: () => this.isEditable,
      transformPastedHTML: disarm,
      clipboardParser: pasteParser,
      clipboardTextParser: plainSlice,
      handlePaste: linkWords,
      dispatchTransaction: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        // One event a change, after it: the browser's own comes while the text isn't read yet.
        if (transaction.docChanged) this.box.dispatchEvent(new Event('input', { bubbles: true }));
        this.moved();
      },
    });
    this.box = this.view.dom;
    this.box.addEventListener('input', (event) => { if (event.isTrusted) event.stopPropagation(); });
  }

  get state(): EditorState {
    return this.view.state;
  }

  get value(): string {
    const { doc } = this.view.state;
    if (doc.eq(this.reading.doc)) return this.text;
    if (this.known?.doc !== doc) this.known = { doc, text: write(doc, this.reading.sources) };
    return this.known.text;
  }

  set disabled(disabled: boolean) {
    this.isEditable = !disabled;
    this.view.setProps({});
  }

  /** Shows a text; what was done before can't be undone into it. */
  open(text: string, reading: Reading): void {
    this.text = text;
    this.reading = reading;
    this.view.updateState(this.stateOf(reading.doc));
    this.moved();
  }

  /** Goes on in the text, and does there what a button says. */
  run(command: Command): void {
    this.focus();
    // All that is chosen is chosen by its words: what is done to a list isn't done around it.
    const { selection, doc, tr } = this.view.state;
    if (selection instanceof AllSelection) this.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))));
    command(this.view.state, (transaction) => { this.view.dispatch(transaction); }, this.view);
  }

  focus(): void {
    this.view.focus();
  }

  private stateOf(doc: Node): EditorState {
    return EditorState.create({ doc, plugins: [...this.plugins] });
  }
}
