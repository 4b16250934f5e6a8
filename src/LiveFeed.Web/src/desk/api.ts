import type { Entry } from './entry.js';
import { inEnglish, isPassing, isSignedOut, jsonOf, type Problem, request, whyNot } from './request.js';
import { type Why, words } from './words.js';

/** A write, as it goes to the server. It can be sent again as it is: the key makes it happen once. */
export interface Write {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: Record<string, unknown>;
  /** The revision that the writer saw; absent for a new entry. */
  readonly revision?: number;
  /** The submission's own id, a UUID. */
  readonly key: string;
}

/** What became of a write. */
export type Answer =
  | { readonly kind: 'live'; readonly entry: Entry }
  /** Not known, or on its way: the same write again is safe and will tell. */
  | { readonly kind: 'unsure'; readonly why: Why; readonly after?: number }
  | { readonly kind: 'conflict'; readonly newest?: Entry }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly why: Why; readonly field?: string };

/** Where a feed's entries are read and written. */
export function entriesPath(feed: string, id?: string, action?: 'correction' | 'retraction'): string {
  return ['/api/feeds', encodeURIComponent(feed), 'entries', id, action].filter((part) => part !== undefined).join('/');
}

export async function send({ method, path, body, key, revision }: Write): Promise<Answer> {
  try {
    return await understand(await request({ method, path, body, headers: { 'idempotency-key': key, ...(revision !== undefined && { 'if-match': `"${String(revision)}"` }) } }));
  } catch {
    // An answer that broke off counts as none: in both cases the write may have arrived.
    return { kind: 'unsure', why: words.server.away };
  }
}

/** What readers would get, and the rule that stands between it and the air. */
export interface Previewed {
  /** Made safe by the server; absent while there is nothing to show. */
  readonly html?: string;
  readonly broken?: { readonly field: string; readonly rule: Why };
}

/** What readers would get of this; undefined when that can't be had now. */
export async function previewOf(feed: string, content: Record<string, unknown>, signal: AbortSignal): Promise<Previewed | undefined> {
  try {
    const response = await request({ method: 'POST', path: `/api/feeds/${encodeURIComponent(feed)}/preview`, body: content, signal });
    if (response.ok) return (await response.json()) as Previewed;
    const { field = '', detail = '' } = (await jsonOf(response)) as Problem;
    return detail === '' ? undefined : { broken: { field, rule: inEnglish(detail) } };
  } catch {
    // Given up for a newer text, or the network is away.
    return undefined;
  }
}

async function understand(response: Response): Promise<Answer> {
  const { status } = response;
  if (status === 200 || status === 201) return { kind: 'live', entry: (await response.json()) as Entry };
  if (status === 202) return { kind: 'unsure', why: words.server.taken };
  if (isSignedOut(response)) return { kind: 'signed-out' };
  const problem = (await jsonOf(response)) as Problem & { readonly entry?: Entry };
  const why = whyNot(problem, response);
  if (status === 412) return problem.entry ? { kind: 'conflict', newest: problem.entry } : { kind: 'conflict' };
  if (isPassing(response)) {
    const after = Number(response.headers.get('retry-after'));
    return after > 0 ? { kind: 'unsure', why, after: after * 1_000 } : { kind: 'unsure', why };
  }
  return problem.field === undefined ? { kind: 'refused', why } : { kind: 'refused', why, field: problem.field };
}

/** The newest entries of a feed, with their bodies. Throws when they can't be had. */
export async function readNewest(feed: string): Promise<readonly Entry[]> {
  const page = (await read(`${entriesPath(feed)}?limit=50&include=body`)) as { entries: readonly Entry[] };
  return page.entries;
}

/** An entry as it stands, with its body. Throws when it can't be had. */
export async function readEntry(feed: string, id: string): Promise<Entry> {
  return (await read(`${entriesPath(feed, id)}?include=body`)) as Entry;
}

/** A revision of an entry, with its body. Throws when it can't be had. */
export async function readRevision(feed: string, id: string, revision: number): Promise<Entry | undefined> {
  const { revisions } = (await read(`${entriesPath(feed, id)}/revisions?include=body`)) as { revisions: readonly Entry[] };
  return revisions.find((one) => one.revision === revision);
}

async function read(path: string): Promise<unknown> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
  return response.json();
}
