/** A page that doesn't come within so many milliseconds doesn't come. */
const PATIENCE = 10_000;

/**
 * A part of one of the server's own pages, to be shown on this one; undefined when it can't be had. The page is parsed as a
 * document of its own, where nothing runs or loads.
 */
export async function partOfPage(address: string, selector: string): Promise<HTMLElement | undefined> {
  try {
    const response = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector<HTMLElement>(selector) ?? undefined;
  } catch (error) {
    // No network, or too slow a one.
    if (error instanceof TypeError || error instanceof DOMException) return undefined;
    throw error;
  }
}
