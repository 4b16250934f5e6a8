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

export const FALLBACK = 'en';

/** The words of a BCP 47 tag's language; English where there are none. Asked for until they come: without them the page says nothing. */
export async function wordsOf(tag: string): Promise<Words> {
  const [language = FALLBACK] = tag.toLowerCase().split('-');
  const address = `./words/${LANGUAGES.includes(language) ? language : FALLBACK}.js`;
  for (let tries = 0; ; tries++) {
    try {
      // Some browsers remember that a module couldn't be had: another try is another address.
      const url = new URL(tries === 0 ? address : `${address}?${String(tries)}`, import.meta.url).href;
      return ((await import(url)) as { default: Words }).default;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** Math.min(tries, 5)));
    }
  }
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
