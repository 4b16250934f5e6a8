import { redo, undo } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import { make } from '../../dom.js';
import { hasMark, isInside, toggleEm, toggleHeading, toggleList, toggleQuote, toggleStrike, toggleStrong } from './commands.js';
import { icon, icons, pointing } from './icons.js';
import { schema } from './schema.js';
import { say, words } from '../words.js';

const { nodes, marks } = schema;

interface Tool {
  readonly name: keyof typeof icons;
  readonly command: Command;
  readonly key?: string;
  /** Whether it is on; a tool without this does something once. */
  readonly isOn?: (state: EditorState) => boolean;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The buttons above the text. One stop of the Tab key: between them go the arrow keys. */
export class Toolbar {
  readonly element = make('div', { className: 'text-tools', role: 'toolbar', ariaLabel: words.text.formatting });
  private readonly tools: readonly { readonly tool: Tool; readonly button: HTMLButtonElement }[];

  constructor(run: (command: Command) => void, askForLink: Command) {
    const tools: readonly Tool[] = [
      { name: 'bold', command: toggleStrong, key: 'B', isOn: (state) => hasMark(state, marks.strong) },
      { name: 'italic', command: toggleEm, key: 'I', isOn: (state) => hasMark(state, marks.em) },
      { name: 'strike', command: toggleStrike, isOn: (state) => hasMark(state, marks.strike) },
      { name: 'link', command: askForLink, key: 'K', isOn: (state) => hasMark(state, marks.link) },
      { name: 'heading', command: toggleHeading, isOn: (state) => isInside(state, nodes.heading) },
      { name: 'quote', command: toggleQuote, isOn: (state) => isInside(state, nodes.blockquote) },
      { name: 'bullets', command: toggleList(nodes.bullet_list), isOn: (state) => isInside(state, nodes.bullet_list) },
      { name: 'numbers', command: toggleList(nodes.ordered_list), isOn: (state) => isInside(state, nodes.ordered_list) },
      { name: 'undo', command: undo, key: 'Z' },
      { name: 'redo', command: redo, key: 'Y' },
    ];
    this.tools = tools.map((tool) => ({ tool, button: toolButton(tool, run) }));
    this.element.append(...this.buttons);
    this.element.addEventListener('keydown', (event) => { this.move(event); });
    this.element.addEventListener('focusin', ({ target }) => { this.stopAt(target as HTMLElement); });
    this.stopAt(this.buttons[0]);
  }

  /** Shows what is on and what can be done. */
  show(state: EditorState): void {
    for (const { tool, button } of this.tools) {
      if (tool.isOn) button.ariaPressed = String(tool.isOn(state));
      button.ariaDisabled = String(!tool.command(state));
    }
  }

  set disabled(disabled: boolean) {
    for (const button of this.buttons) button.disabled = disabled;
  }

  private get buttons(): readonly HTMLButtonElement[] {
    return this.tools.map(({ button }) => button);
  }

  private stopAt(stop: HTMLElement | undefined): void {
    for (const button of this.buttons) button.tabIndex = button === stop ? 0 : -1;
  }

  private move(event: KeyboardEvent): void {
    const { buttons } = this;
    const at = buttons.findIndex((button) => button === document.activeElement);
    const isRtl = getComputedStyle(this.element).direction === 'rtl';
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : step === undefined ? undefined : (at + step + buttons.length) % buttons.length;
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  }
}

function toolButton({ name, command, key, isOn }: Tool, run: (command: Command) => void): HTMLButtonElement {
  const title = key === undefined ? words.text[name] : say(isMac ? words.text.withMacKey : words.text.withKey, { name: words.text[name], key });
  const button = make('button', { type: 'button', ariaLabel: words.text[name], title }, icon(icons[name]));
  button.classList.toggle('text-pointing', pointing.includes(name));
  if (isOn) button.ariaPressed = 'false';
  if (key !== undefined) button.setAttribute('aria-keyshortcuts', `${isMac ? 'Meta' : 'Control'}+${key}`);
  // What is chosen in the text stays so.
  button.addEventListener('mousedown', (event) => { event.preventDefault(); });
  button.addEventListener('click', () => { run(command); });
  return button;
}
