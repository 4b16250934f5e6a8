import type { TickerView } from '../ticker/ticker-view.js';
import { button, make } from '../dom.js';
import { chooseInterrupting } from './interrupting.js';
import { KEYS, type KeysChoice } from './keys.js';
import type { Say } from './say.js';

let dialog: HTMLDialogElement | undefined;

/** Shows the keys, and what else can be chosen about them and what is read out. Esc, its button and a press beside it close it. */
export function showHelp(view: TickerView, say: Say, keys: KeysChoice): void {
  dialog ??= makeDialog(view, say, keys);
  if (!dialog.open) dialog.showModal();
}

function makeDialog(view: TickerView, say: Say, choice: KeysChoice): HTMLDialogElement {
  const title = make('h2', { id: 'feed-help-title', textContent: say('helpTitle') });
  const keys = make('dl', {}, ...KEYS.flatMap(([key, word]) => [make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: say(word) })]));
  const made = make('dialog', { className: 'feed-help' }, title, keys,
    checkbox(say('useKeys'), choice.areOn, (on) => { choice.turn(on); }),
    checkbox(say('interrupt'), view.assertive, (yes) => {
      view.assertive = yes;
      chooseInterrupting(yes);
    }),
    button(say('close'), () => { made.close(); }));
  made.setAttribute('aria-labelledby', title.id);
  made.addEventListener('click', (event) => { if (event.target === made) made.close(); });
  view.host.append(made);
  return made;
}

function checkbox(text: string, checked: boolean, changed: (checked: boolean) => void): HTMLLabelElement {
  const box = make('input', { type: 'checkbox', checked });
  box.addEventListener('change', () => { changed(box.checked); });
  return make('label', {}, box, ` ${text}`);
}
