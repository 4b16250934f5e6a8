import { late } from '../late.js';
import { FALLBACK } from './language.js';
import type english from '../../words/en.json';

/** The names of the languages that there are words in; put in when the client is built, one for each file in words/. */
declare const LANGUAGES: readonly string[];

/** A text, or its forms by the language's plural categories. `{n}`, `{time}` … are filled in. */
export type Text = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** The words of a page's language. */
export interface Words {
  readonly ticker: (typeof english)['ticker'];
  readonly comforts: (typeof english)['comforts'];
}

/** The words of a BCP 47 tag's language; English where there are none. */
export async function wordsOf(tag: string): Promise<Words> {
  const [language = FALLBACK] = tag.toLowerCase().split('-');
  const file = `./words/${LANGUAGES.includes(language) ? language : FALLBACK}.js`;
  return (await late((address) => import(address) as Promise<{ default: Words }>, file)).default;
}

/** A text with its places filled in; of several forms the one for `values.n` in the language. */
export function fill(text: Text, language: string | undefined, values: Readonly<Record<string, string | number>> = {}): string {
  const n = values['n'];
  const form = typeof text === 'string' ? text : (text[new Intl.PluralRules(language).select(Number(n))] ?? text.other ?? '');
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}
