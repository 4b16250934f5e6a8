import type { Command } from 'prosemirror-state';
import { button, make } from '../../dom.js';
import { schema } from './schema.js';
import { Formatted } from './formatted.js';
import { LinkForm } from './link-form.js';
import { read, type Reading } from './reader.js';
import { words } from '../words.js';
import { Toolbar } from './toolbar.js';
import { isKept } from './writer.js';

/** The field for an item's text: formatted as readers see it, or as plain Markdown. Its value is Markdown, or HTML that came as such. */
export class TextField {
  readonly element = make('div', { className: 'desk-field text-field' });
  private readonly place = make('div', { className: 'text-place' });
  private readonly note = make('p', { className: 'text-note', role: 'status' });
  private readonly plain: HTMLTextAreaElement;
  private readonly toggle = button(words.text.markdown, () => { this.togglePlain(); }, 'text-plain');
  private readonly formatted: Formatted;
  private readonly toolbar: Toolbar;
  private readonly linkForm: LinkForm;
  private format: 'markdown' | 'html' = 'markdown';
  /** What the writer has chosen; a text that can't be shown formatted is plain all the same. */
  private wantsPlain = false;
  private isPlain = false;
  /** The plain text as it was put in, and as the browser gives it back untouched: it knows one kind of line break only. */
  private given = { text: '', shown: '' };

  /** `id` is that of the box that is written in. */
  constructor(id: string) {
    const label = make('span', { id: `${id}-label`, className: 'text-label', textContent: words.fields.body });
    const attributes = { id, 'aria-labelledby': label.id, dir: 'auto', spellcheck: 'true' };
    const askForLink: Command = (state, dispatch) => {
      if (!state.selection.$from.parent.type.allowsMarkType(schema.marks.link)) return false;
      if (dispatch) this.linkForm.open(state);
      return true;
    };
    this.plain = make('textarea', { rows: 7 });
    for (const [name, value] of Object.entries(attributes)) this.plain.setAttribute(name, value);
    this.formatted = new Formatted({ ...attributes, role: 'textbox', 'aria-multiline': 'true', class: 'text-box' }, askForLink, () => { this.showTools(); });
    this.linkForm = new LinkForm((change) => { this.formatted.run((state, dispatch) => { if (change) dispatch?.(change(state)); return true; }); });
    this.toolbar = new Toolbar((command) => { this.formatted.run(command); }, askForLink);
    label.addEventListener('click', () => { this.focus(); });
    this.element.append(make('div', { className: 'text-head' }, label, this.toggle), this.toolbar.element, this.linkForm.element, this.note, this.place);
    this.show('');
  }

  get value(): string {
    if (!this.isPlain) return this.formatted.value;
    return this.plain.value === this.given.shown ? this.given.text : this.plain.value;
  }

  set value(text: string) {
    if (text !== this.value) this.show(text);
  }

  /** What the value is. HTML is never taken for Markdown, nor made of it. */
  set bodyFormat(format: 'markdown' | 'html') {
    if (format === this.format) return;
    this.format = format;
    this.show(this.value);
  }

  set disabled(disabled: boolean) {
    this.formatted.disabled = this.plain.disabled = this.toggle.disabled = this.toolbar.disabled = disabled;
    if (disabled) this.linkForm.dismiss();
  }

  focus(): void {
    if (this.isPlain) this.plain.focus();
    else this.formatted.focus();
  }

  setAttribute(name: string, value: string): void {
    for (const box of [this.plain, this.formatted.box]) box.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    for (const box of [this.plain, this.formatted.box]) box.removeAttribute(name);
  }

  after(note: HTMLElement): void {
    this.place.after(note);
  }

  private togglePlain(): void {
    this.wantsPlain = !this.isPlain;
    this.show(this.value);
    this.focus();
  }

  private show(text: string): void {
    const reading: Reading | { readonly why: string } = this.format === 'html' ? { why: words.plain.isHtml } : read(text);
    const why = 'why' in reading ? reading.why : isKept(reading) ? undefined : words.plain.other;
    this.note.textContent = why ?? '';
    this.isPlain = this.wantsPlain || why !== undefined;
    this.linkForm.dismiss();
    if ('doc' in reading && !this.isPlain) this.formatted.open(text, reading);
    else {
      this.plain.value = text;
      this.given = { text, shown: this.plain.value };
    }
    this.place.replaceChildren(this.isPlain ? this.plain : this.formatted.box);
    this.toolbar.element.hidden = this.isPlain;
    this.toggle.ariaPressed = String(this.isPlain);
    this.showTools();
  }

  private showTools(): void {
    this.toolbar.show(this.formatted.state);
  }
}
