import { button, make } from '../dom.js';
import { say, words } from './words.js';

/** A button of a row in a list. `key`: what it is found again by when the list is drawn anew. */
export function rowButton(key: string, name: string, row: { readonly id: string; readonly title: string }, run: () => void): HTMLButtonElement {
  const made = button(name, run);
  made.dataset['action'] = `${key} ${row.id}`;
  made.ariaLabel = say(words.entries.which, { action: name, title: row.title });
  return made;
}

/** The line of facts above a row's text: each stands for itself, whichever way it and the page run. */
export function factsLine(...facts: readonly (string | Node)[]): HTMLElement {
  return make('p', { className: 'desk-row-facts' }, ...facts.flatMap((fact, at) => [...(at > 0 ? [' · '] : []), make('bdi', {}, fact)]));
}

/** Draws a list anew: whoever stood on a button with the keyboard still does. */
export function redraw(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const focused = document.activeElement?.getAttribute('data-action');
  list.replaceChildren(...rows);
  if (focused != null) list.querySelector<HTMLElement>(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
