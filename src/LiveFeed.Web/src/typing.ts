/** The key is for what has the focus: text is typed into it, or it is a dialog, behind which nothing should happen. */
export function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || (target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, dialog') !== null));
}
