import { make } from '../dom.js';
import { type Kind, kinds } from './entry.js';
import { words } from './words.js';

/** The choice of an item's kind: each by one key, Alt and its number, from wherever the writer is in the form. */
export class KindChoice {
  readonly element = make('fieldset', { className: 'desk-kinds' }, make('legend', { textContent: words.fields.kind }));
  private readonly buttons = new Map<Kind, HTMLInputElement>();

  constructor() {
    for (const [index, kind] of kinds.entries()) {
      const number = String(index + 1);
      const choice = make('input', { type: 'radio', name: 'kind', value: kind, id: `field-kind-${kind}` });
      choice.setAttribute('aria-keyshortcuts', `Alt+${number}`);
      this.buttons.set(kind, choice);
      const key = make('kbd', { textContent: number });
      key.ariaHidden = 'true';
      this.element.append(make('div', {}, choice, make('label', { htmlFor: choice.id }, words.kinds[kind], ' ', key)));
    }
    this.value = 'update';
  }

  get value(): Kind {
    return [...this.buttons].find(([, choice]) => choice.checked)?.[0] ?? 'update';
  }

  set value(kind: Kind) {
    for (const [name, choice] of this.buttons) choice.checked = name === kind;
  }

  set disabled(disabled: boolean) {
    this.element.disabled = disabled;
  }

  /** True when the key chose a kind. */
  press({ altKey, ctrlKey, metaKey, code }: KeyboardEvent): boolean {
    // By where the key is: on some keyboards Alt and a digit write another character.
    const choice = altKey && !ctrlKey && !metaKey ? [...this.buttons.values()][Number(/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]) - 1] : undefined;
    if (!choice || this.element.disabled) return false;
    choice.click();
    return true;
  }
}
