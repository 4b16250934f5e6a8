import { button, make } from '../dom.js';
import { kinds } from './entry.js';

const keys: readonly (readonly [key: string, does: string])[] = [
  ['Ctrl + Enter', 'Publishes, or saves what is changed'],
  ...Object.values(kinds).map((name, index) => [`Alt + ${String(index + 1)}`, `Kind: ${name}`] as const),
  ['Ctrl + B, Ctrl + I, Ctrl + K', 'Bold, italic, a link, in the text'],
  ['Ctrl + V', 'Adds the picture that was copied, anywhere in the form'],
  ['n', 'To the headline, where nothing is being typed'],
  ['?', 'This list, where nothing is being typed'],
  ['Tab, Shift + Tab', 'On to the next button or field, or back'],
];

/** Lists the keys. */
export function showHelp(): void {
  const dialog = make('dialog', { className: 'desk-dialog' }, make('h2', { id: 'help-title', textContent: 'Keyboard' }));
  dialog.setAttribute('aria-labelledby', 'help-title');
  const list = make('dl', { className: 'desk-keys' });
  for (const [key, does] of keys) list.append(make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: does }));
  dialog.append(list, make('div', { className: 'desk-actions' }, button('Close', () => { dialog.close(); })));
  dialog.addEventListener('close', () => { dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
}
