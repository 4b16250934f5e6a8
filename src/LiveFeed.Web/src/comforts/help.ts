import type { TickerView } from '../ticker/ticker-view.js';
import { ASSERTIVE } from './assertive.js';
import { choose, isChosen } from './choice.js';
import { button, make } from './dom.js';
import type { Say } from './say.js';

/** The keys and what each does: `keyNext` and so on are the words. */
const KEYS = [['j', 'keyNext'], ['k', 'keyPrevious'], ['n', 'keyNew'], ['p', 'keyPause'], ['?', 'keyHelp']] as const;

let dialog: HTMLDialogElement | undefined;

/** Shows the keys, and what a reader may choose. Esc, its button and a press beside it close it. */
export function showHelp(view: TickerView, say: Say): void {
  dialog ??= makeDialog(view, say);
  if (!dialog.open) dialog.showModal();
}

function makeDialog(view: TickerView, say: Say): HTMLDialogElement {
  const title = make('h2', { id: 'feed-help-title', textContent: say('helpTitle') });
  const keys = make('dl', {}, ...KEYS.flatMap(([key, word]) => [make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: say(word) })]));
  const box = make('input', { type: 'checkbox', checked: isChosen(ASSERTIVE) });
  box.addEventListener('change', () => {
    choose(ASSERTIVE, box.checked);
    view.assertive = box.checked;
  });
  const made = make('dialog', { className: 'feed-help' }, title, keys, make('label', {}, box, ' ', say('assertive')), button(say('close'), () => { made.close(); }));
  made.setAttribute('aria-labelledby', title.id);
  made.addEventListener('click', (event) => { if (event.target === made) made.close(); });
  view.host.append(made);
  return made;
}
