import type { Entry, Fields } from './entry.js';

/** Milliseconds in which a newsroom may publish the same twice by mistake. */
const RECENT = 6 * 60 * 60 * 1_000;

/** How much of all the words of two items they share, when they say nearly the same. */
const NEARLY = 0.6;

/** A text of fewer words is too short to tell: "Update" and "Update" may be two things. */
const ENOUGH = 3;

/** The item on the air that says nearly the same as what is about to be published; undefined when none does. */
export function nearDuplicate(fields: Fields, onTheAir: Iterable<Entry>, language: string, now = Date.now()): Entry | undefined {
  const segmenter = new Intl.Segmenter(language === '' ? undefined : language, { granularity: 'word' });
  const mine = wordsOf(fields, segmenter);
  if (mine.size < ENOUGH) return undefined;
  for (const entry of onTheAir) {
    if (entry.status !== 'live' || now - Date.parse(entry.publishedAt) > RECENT) continue;
    const theirs = wordsOf(entry, segmenter);
    const shared = [...mine].filter((word) => theirs.has(word)).length;
    if (theirs.size >= ENOUGH && shared / (mine.size + theirs.size - shared) >= NEARLY) return entry;
  }
  return undefined;
}

/** The words of what readers see first: the headline, else the text. */
function wordsOf({ headline, body }: Fields, segmenter: Intl.Segmenter): Set<string> {
  const text = (headline ?? body ?? '').normalize('NFKC').toLocaleLowerCase().slice(0, 500);
  return new Set([...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true).map(({ segment }) => segment));
}
