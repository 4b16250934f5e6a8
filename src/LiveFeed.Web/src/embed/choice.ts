import { FALLBACK } from '../ticker/language.js';

/** The newest of a feed that a server sends unasked; a widget shows no more. */
const MOST = 20;

const FORMS = { full: MOST, compact: 10, card: 1, tape: 10 } as const;

/** What the page's author chose for a widget. */
export interface Choice {
  readonly feed: string;
  readonly server: URL;
  readonly form: keyof typeof FORMS;
  readonly theme: string | null;
  /** How many entries are shown at most. */
  readonly count: number;
  readonly keyEvents: boolean;
  readonly tag: string | null;
  /** The id of the one entry that is shown. */
  readonly entry: string | null;
  /** BCP 47: of the widget's own words. */
  readonly language: string;
}

/** Reads a widget's attributes; what can't be read counts as not said. */
export function choiceOf(element: Element, server: URL): Choice {
  const wanted = element.getAttribute('form') ?? '';
  const form = wanted in FORMS ? wanted as keyof typeof FORMS : 'full';
  return {
    feed: element.getAttribute('feed') ?? '',
    server,
    form,
    theme: element.getAttribute('theme'),
    count: Math.min(Number(element.getAttribute('entries')) || FORMS[form], MOST),
    keyEvents: element.hasAttribute('key-events'),
    tag: element.getAttribute('tag'),
    entry: element.getAttribute('entry'),
    language: element.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? FALLBACK,
  };
}
