import { make } from '../dom.js';
import { ask, field } from './ask.js';
import { type Entry, titleOf } from './entry.js';

/** Asks whether an entry is to be withdrawn, and for the note that readers will see. Answers the note, or undefined for no. */
export async function askForRetraction(entry: Entry): Promise<string | undefined> {
  const note = make('textarea', { id: 'retraction-note', rows: 3, dir: 'auto', maxLength: 2000 });
  const yes = await ask({
    title: 'Withdraw this item?',
    words: [
      make('p', { dir: 'auto', textContent: titleOf(entry) }),
      make('p', { textContent: 'Its text goes from every page for good. Readers see that an item was withdrawn, and this note:' }),
      field('Note for readers (may be left empty)', note),
    ],
    yes: 'Withdraw it', no: 'Keep it', isDangerous: true, first: note,
  });
  return yes ? note.value.trim() : undefined;
}
