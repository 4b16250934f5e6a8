import { button, make } from '../dom.js';
import { type Entry, titleOf } from './entry.js';

/** Asks whether an entry is to be withdrawn, and for the note that readers will see. Answers the note, or undefined for no. */
export function askForRetraction(entry: Entry): Promise<string | undefined> {
  return new Promise((resolve) => {
    const note = make('textarea', { id: 'retraction-note', rows: 3, dir: 'auto', maxLength: 2000 });
    const dialog = make('dialog', { className: 'desk-dialog' });
    const finish = (answer: string | undefined): void => {
      resolve(answer);
      dialog.remove();
    };
    dialog.setAttribute('aria-labelledby', 'retraction-title');
    dialog.append(
      make('h2', { id: 'retraction-title', textContent: 'Withdraw this item?' }),
      make('p', { dir: 'auto', textContent: titleOf(entry) }),
      make('p', { textContent: 'Its text goes from every page for good. Readers see that an item was withdrawn, and this note:' }),
      make('div', { className: 'desk-field' }, make('label', { htmlFor: note.id, textContent: 'Note for readers (may be left empty)' }), note),
      make('div', { className: 'desk-actions' },
        button('Withdraw it', () => { finish(note.value.trim()); }, 'desk-danger'),
        button('Keep it', () => { finish(undefined); })),
    );
    dialog.addEventListener('cancel', () => { finish(undefined); });
    document.body.append(dialog);
    dialog.showModal();
    note.focus();
  });
}
