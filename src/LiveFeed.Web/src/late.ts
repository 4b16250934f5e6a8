/** Milliseconds between two tries. */
const PAUSE = 5_000;

/** A part of the page that isn't needed at once. When it is, the line may just be down: it is asked for until it comes. */
export async function late<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE);
        window.addEventListener('online', resolve, { once: true });
      });
    }
  }
}
