import { button, make } from '../dom.js';
import { kinds } from './entry.js';
import { say, words } from './words.js';

const { help } = words;

const keys: readonly (readonly [key: string, does: string])[] = [
  [help.sendKeys, help.send],
  ...kinds.map((kind, index) => [say(help.kindKeys, { key: String(index + 1) }), say(help.kind, { kind: words.kinds[kind] })] as const),
  [help.markKeys, help.marks],
  [help.pictureKeys, help.picture],
  ['n', help.headline],
  ['?', help.help],
  [help.tabKeys, help.tab],
];

/** Lists the keys. */
export function showHelp(): void {
  const dialog = make('dialog', { className: 'desk-dialog' }, make('h2', { id: 'help-title', textContent: help.title }));
  dialog.setAttribute('aria-labelledby', 'help-title');
  const list = make('dl', { className: 'desk-keys' });
  for (const [key, does] of keys) list.append(make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: does }));
  dialog.append(list, make('div', { className: 'desk-actions' }, button(help.close, () => { dialog.close(); })));
  dialog.addEventListener('close', () => { dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
}
