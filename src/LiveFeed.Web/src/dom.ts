type Child = Node | string;

/** Makes an element: its properties, then what is inside. Texts become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function button(text: string, action: () => void, className = ''): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: text, className });
  made.addEventListener('click', action);
  return made;
}

/** Does this as soon as what stands on the page now was painted; in a hidden tab, when it is seen again. */
export function afterPaint(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action));
}
