import { FALLBACK } from '../ticker/language.js';

/** The widget's own words in one language; entries bring theirs along. */
export interface EmbedWords {
  readonly offline: string;
  readonly withdrawn: string;
}

/** By language; put in when the client is built, from words/. */
declare const EMBED_WORDS: Readonly<Record<string, EmbedWords>> & { readonly [FALLBACK]: EmbedWords };

/** The words of a BCP 47 tag's language; English where there are none. */
export function wordsIn(tag: string): EmbedWords {
  return EMBED_WORDS[tag.toLowerCase().split('-')[0] ?? ''] ?? EMBED_WORDS[FALLBACK];
}
