import { isPassing, type Problem, whyNot } from '../request.js';
import { type Why, words } from '../words.js';

/** A picture that the server keeps: what an item's image needs beside the words. */
export interface KeptPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** What became of a picture that was sent. */
export type UploadAnswer =
  | { readonly kind: 'kept'; readonly picture: KeptPicture }
  | { readonly kind: 'refused'; readonly why: Why }
  /** It may go otherwise the next time. The same picture again is the same picture: to send it twice does no harm. */
  | { readonly kind: 'away'; readonly why: Why };

const AWAY = { kind: 'away', why: words.server.away } as const;

/** How long a picture may take over a poor telephone line, in milliseconds. */
const PATIENCE = 180_000;

/** Sends a picture, and tells how much of it is there, from 0 to 1. It never fails; given up, it never answers. */
export function upload(feed: string, file: Blob, sent: (part: number) => void, signal: AbortSignal): Promise<UploadAnswer> {
  return new Promise((resolve) => {
    // fetch can't tell how far it is.
    const http = new XMLHttpRequest();
    http.open('POST', `/api/feeds/${encodeURIComponent(feed)}/pictures`);
    http.setRequestHeader('accept', 'application/json');
    http.setRequestHeader('content-type', 'application/octet-stream');
    http.setRequestHeader('x-livefeed-desk', '1');
    http.timeout = PATIENCE;
    http.upload.addEventListener('progress', ({ loaded, total }) => { sent(total === 0 ? 0 : loaded / total); });
    http.addEventListener('load', () => { resolve(understand(http.status, http.responseText)); });
    http.addEventListener('error', () => { resolve(AWAY); });
    http.addEventListener('timeout', () => { resolve(AWAY); });
    signal.addEventListener('abort', () => { http.abort(); });
    http.send(file);
  });
}

function understand(status: number, text: string): UploadAnswer {
  if (status === 401) return { kind: 'away', why: words.server.signedOut };
  let answer: Partial<KeptPicture> & Problem;
  try {
    answer = JSON.parse(text) as Partial<KeptPicture> & Problem;
  } catch {
    return AWAY;
  }
  const { url, width, height } = answer;
  if (url !== undefined && width !== undefined && height !== undefined) return { kind: 'kept', picture: { url, width, height } };
  return { kind: isPassing({ status }) ? 'away' : 'refused', why: whyNot(answer, { status }) };
}
