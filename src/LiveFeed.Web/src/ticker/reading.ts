/** The server, or something that stands between, didn't give what was asked for. As the browser says that there is no network, a TypeError. */
export class Trouble extends TypeError {
  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** To ask again within so many milliseconds is no use. */
    readonly pause: number,
    /** The server's own no to what was asked, in its words; undefined when it may be yes at another time or another way. */
    readonly refusal?: string,
  ) {
    super();
  }
}

/** Asks the reading API for something of a feed. Throws Trouble, or whatever the browser throws. */
export async function ask(
  server: URL,
  feed: string,
  what: 'entries' | 'stream',
  query: Record<string, string>,
  options: RequestInit,
  type = 'application/json',
): Promise<Response> {
  const url = new URL(`/api/feeds/${encodeURIComponent(feed)}/${what}`, server);
  url.search = String(new URLSearchParams(query));
  const response = await fetch(url, { headers: { accept: type }, ...options });
  const { status, headers } = response;
  const answered = headers.get('content-type') ?? '';
  // A proxy, too, may answer, and with what it likes.
  if (response.ok && answered.startsWith(type)) return response;
  const isRefused = status < 500 && status !== 429 && answered.startsWith('application/problem+json');
  const refusal = isRefused ? ((await response.json()) as { detail: string }).detail : undefined;
  throw new Trouble(status, 1_000 * (Number(headers.get('retry-after')) || 0), refusal);
}
