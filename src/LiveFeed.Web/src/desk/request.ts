import { language, say, type Why, words } from './words.js';

/** What a request to the desk's API has. */
export interface DeskRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Gives it up; after 15 seconds unless said otherwise. */
  readonly signal?: AbortSignal;
}

/** What the API answers when it says no (RFC 9457), with what it adds of its own. */
export interface Problem {
  /** One a kind of problem: `/problems/NAME`. */
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly field?: string;
}

/** Why an answer is a no: in the page's words where the kind of problem tells enough, else in the server's, else by its number. */
export function whyNot({ type = '', detail, title }: Problem, { status }: { readonly status: number }): Why {
  const kinds: Readonly<Record<string, string | undefined>> = words.problems;
  const known = kinds[type.replace('/problems/', '')];
  if (known !== undefined) return known;
  const theirs = detail ?? title;
  return theirs === undefined ? say(words.server.answered, { status: String(status) }) : inEnglish(theirs);
}

/** What the server says, which is English. */
export function inEnglish(text: string): Why {
  return language === 'en' ? text : { english: text };
}

/** True where who is signed in decides, and nobody is. A page behind a sign-in answers with the way to it. */
export function isSignedOut({ status, type }: Response): boolean {
  return status === 401 || type === 'opaqueredirect';
}

/** True for what may go otherwise the next time. */
export function isPassing({ status }: { readonly status: number }): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Sends a request with the session and the guard against other sites. Throws where no answer comes: it may have arrived all the same. */
export function request({ method, path, headers = {}, body, signal = AbortSignal.timeout(15_000) }: DeskRequest): Promise<Response> {
  return fetch(path, {
    method,
    headers: { accept: 'application/json', 'x-livefeed-desk': '1', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** An answer's JSON; an empty object where it is something else. */
export async function jsonOf(response: Response): Promise<unknown> {
  return response.headers.get('content-type')?.includes('json') === true ? response.json() : {};
}
