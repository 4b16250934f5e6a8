import type { TickerView } from '../ticker/ticker-view.js';

/** Says something in the page's language: a text of the words' section `comforts`, with its places filled in. */
export type Say = (text: keyof TickerView['words'], values?: Readonly<Record<string, string | number>>) => string;

export function sayIn(view: TickerView): Say {
  return (text, values) => view.fill(view.words[text], values);
}
