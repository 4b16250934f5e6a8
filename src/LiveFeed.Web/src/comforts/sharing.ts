import type { TickerView } from '../ticker/ticker-view.js';
import type { Say } from './say.js';
import { addressOf } from './slots.js';

/** Milliseconds that a button says what it did. */
const CONFIRMED = 3_000;

/** By the device's own sheet where it has one, as telephones do; else the address is copied. */
export async function share(view: TickerView, say: Say, pressed: HTMLButtonElement, id: string, headline: string | undefined): Promise<void> {
  const url = addressOf(view, id);
  const data = { url, ...(headline !== undefined && { title: headline }) };
  const canShare = 'share' in navigator && matchMedia('(pointer: coarse)').matches;
  try {
    if (canShare) await navigator.share(data);
    else {
      await navigator.clipboard.writeText(url);
      confirm(view, pressed, say('share'), say('copied'));
    }
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    // The reader changed their mind, or the browser won't: the address bar of the entry's own page has it.
    if (error.name !== 'AbortError') location.assign(url);
  }
}

function confirm(view: TickerView, pressed: HTMLButtonElement, before: string, text: string): void {
  pressed.textContent = text;
  view.announce(text);
  setTimeout(() => { pressed.textContent = before; }, CONFIRMED);
}
