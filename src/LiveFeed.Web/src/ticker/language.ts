/** The language that stands in for those that there are no words in. */
export const FALLBACK = 'en';

/**
 * The page's language, in the form that the reader knows it: of a page in "en", a reader in London reads the times as "en-GB" has
 * them. Undefined, for the way the browser is set, when it isn't a language tag (BCP 47).
 */
export function ofTheReader(language: string): string | undefined {
  try {
    return navigator.languages.find((own) => own.startsWith(`${language}-`)) ?? Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

/** The time of day, to the second. */
export function clock(date: Date, language: string | undefined): string {
  return date.toLocaleTimeString(language, { timeStyle: 'medium' });
}
