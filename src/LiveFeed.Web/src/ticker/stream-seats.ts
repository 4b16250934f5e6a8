/**
 * Streams at most that a browser's tabs hold to one server, all together. By HTTP/1.1 it makes six connections to a server, which
 * its tabs share: were they all held by streams, the next page, or poll, would wait without end.
 */
const SEATS = 4;

/** Runs a stream that holds its seat until it is over. With none free, as without a network, a TypeError. */
export async function seated(server: URL, stream: () => Promise<void>): Promise<void> {
  // Known only to pages that came safely; the others may hold as many each.
  const { locks } = (globalThis as { navigator?: { locks?: LockManager } }).navigator ?? {};
  if (!locks) return stream();
  for (let seat = 1; seat <= SEATS; seat++) {
    const name = `live-feed ${server.host} ${String(seat)}`;
    const wasFree = await locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await stream();
      return lock !== null;
    });
    if (wasFree) return;
  }
  throw new TypeError();
}
