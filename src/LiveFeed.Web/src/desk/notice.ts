import { button, make } from '../dom.js';

/** The line that says how a submission stands. Polite: what is typed is not interrupted. */
export class Notice {
  private readonly text = make('span');
  private readonly actions = make('span', { className: 'desk-notice-actions' });
  private readonly element = make('div', { className: 'desk-notice', hidden: true });

  constructor(place: HTMLElement) {
    this.text.setAttribute('role', 'status');
    this.element.append(this.text, this.actions);
    place.prepend(this.element);
  }

  say(tone: 'good' | 'wait' | 'bad', text: string | Node, actions: Readonly<Record<string, () => void>> = {}): void {
    this.element.hidden = false;
    this.element.dataset['tone'] = tone;
    this.text.replaceChildren(text);
    this.actions.replaceChildren(...Object.entries(actions).map(([name, action]) => button(name, action)));
  }

  clear(): void {
    this.element.hidden = true;
    this.text.textContent = '';
    this.actions.replaceChildren();
  }
}
