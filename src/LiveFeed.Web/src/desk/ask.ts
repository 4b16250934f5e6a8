import { button, make } from '../dom.js';

/** A question in a dialog. */
export interface Question {
  readonly title: string;
  readonly words: readonly Node[];
  readonly yes: string;
  readonly no: string;
  readonly isDangerous?: boolean;
  /** What has the focus first. */
  readonly first: HTMLElement;
}

/** Asks; true for yes. */
export function ask({ title, words, yes, no, isDangerous = false, first }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = make('dialog', { className: 'desk-dialog' });
    const finish = (answer: boolean): void => {
      resolve(answer);
      dialog.remove();
    };
    const heading = make('h2', { id: 'question-title', textContent: title });
    dialog.setAttribute('aria-labelledby', heading.id);
    dialog.append(heading, ...words, make('div', { className: 'desk-actions' },
      button(yes, () => { finish(true); }, isDangerous ? 'desk-danger' : 'desk-primary'), button(no, () => { finish(false); })));
    dialog.addEventListener('cancel', () => { finish(false); });
    document.body.append(dialog);
    dialog.showModal();
    first.focus();
  });
}

/** A field of a question with its label. */
export function field(label: string, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): HTMLElement {
  return make('div', { className: 'desk-field' }, make('label', { htmlFor: control.id, textContent: label }), control);
}
