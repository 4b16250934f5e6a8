import type { Entry } from './entry.js';
import { isPassing, isSignedOut, jsonOf, type Problem, request, whyNot } from './request.js';
import { type Why, words } from './words.js';

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
  | { readonly kind: 'refused'; readonly why: Why; readonly field?: string }
  | { readonly kind: 'away'; readonly why: Why };

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
  const headers = version === undefined ? {} : { 'if-match': version === '*' ? '*' : `"${String(version)}"` };
  try {
    return await understand(await request({ method, path, headers, body }), what === 'publication');
  } catch {
    return { kind: 'away', why: words.server.away };
  }
}

/** Throws a draft away, whatever was written in it last. If the server can't be told now, it stays in the list. */
export async function throwAway(feed: string, id: string): Promise<void> {
  await askDraft(feed, id, { method: 'DELETE', version: '*' });
}

/** The drafts of a feed that aren't on the air, the newest change first. Throws when they can't be had. */
export async function listDrafts(feed: string): Promise<readonly KeptDraft[]> {
  const response = await request({ method: 'GET', path: `${draftsPath(feed)}?limit=100` });
  if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
  return ((await response.json()) as { drafts: readonly KeptDraft[] }).drafts;
}

function draftsPath(feed: string): string {
  return `/api/feeds/${encodeURIComponent(feed)}/drafts`;
}

async function understand(response: Response, isPublication: boolean): Promise<DraftAnswer> {
  const { status } = response;
  if (status === 202) return { kind: 'on-its-way' };
  if (status === 204 || status === 404 || status === 410) return { kind: 'gone' };
  if (isSignedOut(response)) return { kind: 'away', why: words.server.signedOut };
  const answer = await jsonOf(response);
  if (response.ok) return isPublication ? { kind: 'live', entry: answer as Entry } : { kind: 'kept', draft: answer as KeptDraft };
  const problem = answer as Problem & { readonly draft?: KeptDraft };
  const why = whyNot(problem, response);
  if (status === 412 && problem.draft) return { kind: 'changed', draft: problem.draft };
  if (isPassing(response)) return { kind: 'away', why };
  return problem.field === undefined ? { kind: 'refused', why } : { kind: 'refused', why, field: problem.field };
}
