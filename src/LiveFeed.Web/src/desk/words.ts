import english from '../../words/desk/en.json';
import { make } from '../dom.js';
import { late } from '../late.js';
import { FALLBACK } from '../ticker/language.js';
import { fill, type Text } from '../ticker/words.js';

/** The names of the languages that the desk speaks; put in when the client is built, one for each file in words/desk/. */
declare const DESK_LANGUAGES: readonly string[];

/** What the desk's scripts say. */
export type DeskWords = typeof english;

/** Words to be told: the page's own, or the server's, which are English. They can be kept as JSON. */
export type Why = string | { readonly english: string };

/** The language of the page, which the server chose; English where there are no words in it. */
export const language = languageOf(document.documentElement.lang);

/** How numbers and times are written: in the page's language, as the reader's region has it where the browser tells. */
export const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;

/** The words of the page's language. They are there before anything of the desk begins. */
export const words: DeskWords = language === FALLBACK ? english
  : withEnglish((await late((address) => import(address) as Promise<{ default: unknown }>, `./words/desk/${language}.js`)).default);

/** What a language lacks is said in English. */
export function withEnglish(others: unknown): DeskWords {
  const given = others as Readonly<Record<string, object | undefined>>;
  return Object.fromEntries(Object.entries(english).map(([section, texts]) => [section, { ...texts, ...given[section] }])) as DeskWords;
}

/** A text with its places filled in; of several forms the one for `values.n`. */
export function say(text: Text, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(text, locale, values);
}

/**
 * A text with its places filled in, to be shown. What people have written stands for itself, whichever way it runs; an element is
 * put in as it is.
 */
export function sentence(text: Text, values: Readonly<Record<string, string | number | Node>>): DocumentFragment {
  // The form is chosen and numbers are written; the other places are left as they are.
  const places = Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : `{${name}}`] as const);
  const fragment = document.createDocumentFragment();
  for (const [at, part] of say(text, Object.fromEntries(places)).split(/\{(\w+)\}/).entries()) {
    const value = values[part] ?? '';
    fragment.append(at % 2 === 0 ? part : typeof value === 'object' ? value : make('bdi', { textContent: String(value) }));
  }
  return fragment;
}

/** Words to be told, as they are shown. */
export function told(why: Why): Node {
  return typeof why === 'string' ? document.createTextNode(why) : make('bdi', { lang: FALLBACK, dir: 'ltr', textContent: why.english });
}

/** A moment, as the page's language writes it. */
export function timeInWords(time: Date, style: Intl.DateTimeFormatOptions): string {
  return time.toLocaleString(locale, style);
}

/** Some things, one after another. */
export function listInWords(things: readonly string[]): string {
  return new Intl.ListFormat(locale).format(things);
}

function languageOf(tag: string): string {
  const [name = FALLBACK] = tag.toLowerCase().split('-');
  return name !== FALLBACK && DESK_LANGUAGES.includes(name) ? name : FALLBACK;
}
