import { Controls } from './controls.js';
import { disputePanel } from './dispute.js';
import { button, make } from '../dom.js';
import type { Draft, Written } from './draft.js';
import { type Entry, fieldsOf } from './entry.js';
import { showHelp } from './help.js';
import { merge } from './merge.js';
import { sentence, type Why, words } from './words.js';

const NOTHING = { kind: 'update' } as const;

const { editor: texts } = words;

/** What the form tells. */
export interface EditorTells {
  /** The writer sends it. */
  send(): void;
  /** The writer wants it on the air later. */
  later(): void;
  /** The writer leaves what is in the form. */
  cancelled(): void;
  /** The form has changed, or another task has begun. */
  written(): void;
}

/** The form in which items are written, edited and corrected. It only holds what is written; others send it. */
export class Editor {
  /** Stays in view below the form. */
  readonly footer = make('div', { className: 'desk-footer' });
  private readonly controls: Controls;
  private readonly title = make('h2', { id: 'write-title' });
  private readonly note = make('textarea', { id: 'field-note', rows: 2, dir: 'auto', maxLength: 2000 });
  private readonly noteField = make('div', { className: 'desk-field' }, make('label', { htmlFor: 'field-note', textContent: words.fields.note }), this.note);
  private readonly minor = make('input', { type: 'checkbox', id: 'field-minor' });
  private readonly minorField = make('div', { className: 'desk-check' }, this.minor,
    make('label', { htmlFor: 'field-minor', textContent: words.fields.minor }));
  private readonly submit = make('button', { type: 'submit', className: 'desk-primary' });
  private readonly cancel = button(texts.cancel, () => { this.tells.cancelled(); });
  private readonly later = button(texts.later, () => { this.tells.later(); });
  private readonly kept = make('span', { className: 'desk-hint' });
  private readonly warning = make('p', { className: 'desk-error', hidden: true });
  private readonly dispute = make('div');
  private readonly form = make('form', { noValidate: true });
  private task: Draft['task'] = 'new';
  private entry: Entry | undefined;
  private base = {};

  constructor(
    section: HTMLElement,
    private readonly tells: EditorTells,
    /** The feed that a new item goes to. */
    private readonly feed: () => string,
    /** Whether what is sent goes on the air; if not, it goes to an editor. */
    private readonly mayPublish: boolean,
  ) {
    this.controls = new Controls(() => this.entry?.feed ?? this.feed(), Number(section.dataset['pictureBytes']));
    section.setAttribute('aria-labelledby', this.title.id);
    const actions = make('div', { className: 'desk-actions' }, this.submit, ...(mayPublish ? [this.later] : []), this.cancel,
      make('span', { className: 'desk-hint desk-keyboard', textContent: texts.sends }), button(texts.keyboard, showHelp, 'desk-quiet desk-keyboard'), this.kept);
    this.warning.setAttribute('role', 'status');
    this.footer.append(this.warning, actions);
    this.form.append(this.controls.element, this.noteField, this.minorField, this.footer);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.tells.send();
    });
    this.form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.tells.send();
      } else if (this.controls.kind.press(event)) event.preventDefault();
    });
    this.form.addEventListener('input', () => { this.tells.written(); });
    section.append(this.title, this.dispute, this.form);
  }

  /** True while an entry is being changed, not a new one written. */
  get isChange(): boolean {
    return this.task !== 'new';
  }

  /** Begins anew: an empty form, or an entry to change; `written`: what had been written of it before. */
  begin(task: Draft['task'], entry?: Entry, written?: Written): void {
    this.task = task;
    this.entry = entry;
    this.controls.fill(entry ? fieldsOf(entry) : NOTHING);
    this.base = this.controls.read();
    if (written) this.controls.fill(written.fields);
    this.note.value = written?.note ?? '';
    this.minor.checked = written?.minor ?? false;
    this.dispute.replaceChildren();
    this.controls.clearErrors();
    this.show();
    this.tells.written();
    this.focus();
  }

  /** True while a picture is on its way to the server. */
  get isSendingPicture(): boolean {
    return this.controls.picturing.isSending;
  }

  focus(): void {
    this.controls.headline.focus();
  }

  /** Says quietly how it is kept. */
  sayKept(text: string | Node): void {
    this.kept.replaceChildren(text);
  }

  /** Says what the writer must know while writing; nothing with an empty text. */
  warn(text: string): void {
    if (this.warning.textContent !== text) this.warning.textContent = text;
    this.warning.hidden = text === '';
  }

  /** Tells what the form holds, though nothing in it has changed. */
  written(): void {
    this.tells.written();
  }

  draft(): Draft {
    const { task, entry, base } = this;
    const feed = entry?.feed ?? this.feed();
    return { feed, task, ...(entry && { entry }), base, fields: this.controls.read(), note: this.note.value, minor: this.minor.checked };
  }

  /** Shows a draft that was kept. */
  restore(draft: Draft): void {
    this.task = draft.task;
    this.entry = draft.entry;
    this.base = draft.base;
    this.controls.fill(draft.fields);
    this.note.value = draft.note;
    this.minor.checked = draft.minor;
    this.show();
    this.tells.written();
  }

  /** While something is under way the form can be read, not changed: what is seen is what was sent. */
  setBusy(busy: boolean): void {
    this.controls.setDisabled(busy);
    for (const control of [this.note, this.minor, this.submit, this.later, this.cancel]) control.disabled = busy;
  }

  clearErrors(): void {
    this.controls.clearErrors();
    this.note.removeAttribute('aria-invalid');
  }

  /** Says what is wrong beside the field. False when the form has no such field. */
  showError(field: string | undefined, why: Why): boolean {
    if (field === 'note' && this.task === 'correct') {
      this.note.setAttribute('aria-invalid', 'true');
      this.note.focus();
      return false;
    }
    return field !== undefined && this.controls.showError(field, why);
  }

  /** The entry is newer than the one that was changed: puts both together and shows where they differ. Nothing written is lost. */
  meet(newest: Entry): void {
    const mine = this.controls.read();
    this.controls.fill(fieldsOf(newest));
    const theirs = this.controls.read();
    const { base } = this;
    const { fields, disputed } = merge(base, mine, theirs);
    this.controls.fill(fields);
    this.entry = newest;
    this.base = theirs;
    const panel = disputePanel({ base, newest, mine, disputed }, (name) => {
      this.controls.fill({ ...this.controls.read(), [name]: newest[name] });
      this.tells.written();
    });
    this.dispute.replaceChildren(panel);
    this.show();
    this.tells.written();
    panel.focus();
  }

  /** The entry is gone: what was written stays, as a new item to be. */
  detach(): void {
    this.task = 'new';
    this.entry = undefined;
    this.show();
    this.tells.written();
  }

  private show(): void {
    const { task, entry } = this;
    const { headline = texts.noHeadline } = entry ?? {};
    this.controls.bodyFormat = entry?.bodyFormat;
    this.title.replaceChildren(task === 'new' ? texts.new : sentence(task === 'edit' ? texts.edit : texts.correct, { headline }));
    this.submit.textContent = !this.mayPublish ? texts.submit : task === 'new' ? texts.publish : task === 'edit' ? texts.save : texts.publishCorrection;
    this.noteField.hidden = task !== 'correct';
    this.minorField.hidden = task !== 'edit';
    this.cancel.hidden = task === 'new';
  }
}
