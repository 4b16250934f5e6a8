import { make } from '../dom.js';
import { articleOf } from '../ticker/entry-html.js';
import { wordsOf } from '../ticker/words.js';
import { ask, field } from './ask.js';
import { type Entry, titleOf } from './entry.js';
import { locale, words } from './words.js';

const { retraction: texts } = words;

/**
 * Asks whether an entry is to be withdrawn, and for the note that readers will see; shows what they will have in its place. Answers
 * the note, or undefined for no.
 */
export async function askForRetraction(entry: Entry, feedLanguage: string): Promise<string | undefined> {
  const note = make('textarea', { id: 'retraction-note', rows: 3, dir: 'auto', maxLength: 2000 });
  const left = make('div', { className: 'desk-left', lang: feedLanguage });
  // Without the words the question stands all the same.
  void wordsOf(feedLanguage).then(({ ticker: { withdrawn } }) => {
    const show = (): void => { left.replaceChildren(tombstone(entry, note.value.trim(), withdrawn, feedLanguage)); };
    note.addEventListener('input', show);
    show();
  }, () => undefined);
  const yes = await ask({
    title: texts.title,
    words: [
      make('p', { dir: 'auto', textContent: titleOf(entry) }),
      make('p', { textContent: texts.forGood }),
      field(texts.note, note),
      make('p', { className: 'desk-hint', textContent: texts.left }),
      left,
    ],
    yes: texts.withdraw, no: texts.keep, isDangerous: true, first: note,
  });
  return yes ? note.value.trim() : undefined;
}

/** What is left of an entry that is withdrawn now. */
function tombstone({ id, feed, seq, revision, publishedAt }: Entry, note: string, withdrawn: string, feedLanguage: string): Element {
  const now = new Date();
  const at = now.toISOString();
  const article = articleOf({ id, feed, seq, revision, publishedAt, status: 'retracted', updatedAt: at, ...(note === '' ? {} : { correction: { note, at } }) }, withdrawn);
  // The entry itself stands on this page too.
  article.removeAttribute('id');
  article.querySelector('time')?.append(now.toLocaleTimeString(feedLanguage === '' ? locale : feedLanguage, { timeStyle: 'short' }));
  return article;
}
