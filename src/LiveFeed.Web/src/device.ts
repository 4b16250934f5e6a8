/** What is kept on this device under a name; null where nothing is, or storage is denied. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Keeps a text on this device, or with null forgets it. */
export function keep(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch (error) {
    // Denied, or full: what was chosen lasts as long as the page.
    if (!(error instanceof DOMException)) throw error;
  }
}
