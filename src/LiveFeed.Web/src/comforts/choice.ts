/** What a reader has chosen on this device, where it may be kept. */
export function isChosen(name: string): boolean {
  try {
    return localStorage.getItem(name) === 'yes';
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

export function choose(name: string, yes: boolean): void {
  try {
    if (yes) localStorage.setItem(name, 'yes');
    else localStorage.removeItem(name);
  } catch (error) {
    // Denied, or full: the choice lasts as long as the page.
    if (!(error instanceof DOMException)) throw error;
  }
}
