/** Milliseconds from one try to the next. */
const PAUSE = 500;

/** Milliseconds that a try may take: less for as many as a browser keeps connections, then ever more, for who is on a slow line. */
const PATIENCE = 2_000;
const QUICK = 6;
const DOUBLED_AT_MOST = 5;

/**
 * A part of the page that isn't needed at once. When it is, the line may just be down, or silent: it is asked for until it comes.
 * `file`: where it is, beside this script; the build says that of `import()` (build.mjs).
 */
export async function late<T>(load: (address: string) => Promise<T>, file?: string): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const longer = 2 ** Math.min(Math.max(tries - QUICK, 0), DOUBLED_AT_MOST);
    // Some browsers remember that a module couldn't be had: another try is another address.
    const address = new URL(`${file ?? ''}${tries > 0 ? `?${String(tries)}` : ''}`, import.meta.url).href;
    try {
      // A request can be given up, and with it a connection that has died unnoticed; an import waits for it without end.
      if (file !== undefined && !(await fetch(address, { signal: AbortSignal.timeout(PATIENCE * longer) })).ok) throw new TypeError(address);
      return await load(address);
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE * longer);
        window.addEventListener('online', resolve, { once: true });
      });
    }
  }
}
