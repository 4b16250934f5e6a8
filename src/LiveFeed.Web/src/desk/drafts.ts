import type { Entry } from './entry.js';

/** A draft as the server keeps it. */
export interface KeptDraft {
  readonly id: string;
  readonly feed: string;
  /** One more at every change; its ETag. */
  readonly version: number;
  readonly state: 'writing' | 'submitted' | 'returned' | 'scheduled' | 'publishing' | 'published' | 'deleted';
  readonly author: string;
  readonly mine: boolean;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly content: DraftContent;
  /** How the text begins; in lists. */
  readonly excerpt?: string;
  readonly returnNote?: string;
  readonly problem?: string;
  readonly scheduledFor?: string;
}

/** What was written. */
export interface DraftContent extends Partial<Omit<Entry, 'id' | 'feed' | 'seq' | 'status'>> {
  readonly action?: 'publish' | 'edit' | 'correct';
  readonly entryId?: string;
  readonly note?: string;
  readonly minor?: boolean;
  /** The fields that a change empties. */
  readonly clear?: readonly string[];
}

/** What the server says of a draft. */
export type DraftAnswer =
  | { readonly kind: 'kept'; readonly draft: KeptDraft }
  | { readonly kind: 'live'; readonly entry: Entry }
  /** Not live yet; the server itself goes on until it is known. */
  | { readonly kind: 'on-its-way' }
  /** Somebody else changed it: this is the newest. */
  | { readonly kind: 'changed'; readonly draft: KeptDraft }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly why: string; readonly field?: string }
  | { readonly kind: 'away'; readonly why: string };

/** What is asked of the server. */
export interface DraftRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly what?: 'submission' | 'return' | 'publication' | 'schedule';
  /** The version that the writer saw; absent for a new draft, `*` for whatever is newest. */
  readonly version?: number | '*' | undefined;
  readonly body?: unknown;
}

/** Asks something of a draft. It never throws: what can't be known now is 'away'. */
export async function askDraft(feed: string, id: string, { method, what, version, body }: DraftRequest): Promise<DraftAnswer> {
  const path = [draftsPath(feed), id, what].filter((part) => part !== undefined).join('/');
  const headers: Record<string, string> = { accept: 'application/json', 'x-livefeed-desk': '1' };
  if (version !== undefined) headers['if-match'] = version === '*' ? '*' : `"${String(version)}"`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    const response = await fetch(path, {
      method, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(15_000), ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return await understand(response, what === 'publication');
  } catch {
    return { kind: 'away', why: 'The server can\'t be reached.' };
  }
}

/** The drafts of a feed that aren't on the air, the newest change first. Throws when they can't be had. */
export async function listDrafts(feed: string): Promise<readonly KeptDraft[]> {
  const response = await fetch(`${draftsPath(feed)}?limit=100`, { headers: { accept: 'application/json', 'x-livefeed-desk': '1' }, cache: 'no-store', credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
  return ((await response.json()) as { drafts: readonly KeptDraft[] }).drafts;
}

function draftsPath(feed: string): string {
  return `/api/feeds/${encodeURIComponent(feed)}/drafts`;
}

interface Problem {
  readonly detail?: string;
  readonly field?: string;
  readonly draft?: KeptDraft;
}

async function understand(response: Response, isPublication: boolean): Promise<DraftAnswer> {
  const { status } = response;
  if (status === 202) return { kind: 'on-its-way' };
  if (status === 204 || status === 404 || status === 410) return { kind: 'gone' };
  if (response.type === 'opaqueredirect' || status === 401) return { kind: 'away', why: 'You are signed out: sign in again in another tab.' };
  const answer = (response.headers.get('content-type')?.includes('json') === true ? await response.json() : {}) as Problem;
  if (response.ok) return isPublication ? { kind: 'live', entry: answer as Entry } : { kind: 'kept', draft: answer as KeptDraft };
  const why = answer.detail ?? `The server answered ${String(status)}.`;
  if (status === 412 && answer.draft) return { kind: 'changed', draft: answer.draft };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'away', why };
  return answer.field === undefined ? { kind: 'refused', why } : { kind: 'refused', why, field: answer.field };
}
