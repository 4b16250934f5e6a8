import type { Entry, Followed } from './entry.js';
import { EventStream, type StreamEvent } from './event-stream.js';
import { FetchLine } from './fetch-line.js';
import type { Follower } from './line.js';
import { parsePosition } from './position.js';
import { ask } from './reading.js';
import { seated } from './stream-seats.js';
import { Watchdog } from './watchdog.js';

/** Streams of one page at most, where the browser doesn't count those of all its tabs together. */
const MOST = 4;

/** Server-sent events, a stream for each feed: for readers between whom and the server something takes no WebSocket. */
export class StreamLine extends FetchLine {
  readonly kind = 'stream';

  protected async serve(follower: Follower, position: string | null, signal: AbortSignal): Promise<void> {
    // Nothing may be told from within the call, hence the wait.
    await Promise.resolve();
    // With more of them the page would have no connection left.
    if (this.served.size > MOST) throw new TypeError();
    await seated(this.server, () => this.read(follower, position, signal));
  }

  private async read(follower: Follower, position: string | null, signal: AbortSignal): Promise<void> {
    // A proxy that holds the stream back until there is more of it is found out here: the first word is due at once.
    const watchdog = new Watchdog(() => { this.end(); });
    try {
      const response = await ask(this.server, follower.feed, 'stream', position === null ? {} : { position }, { signal }, 'text/event-stream');
      const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const tell = teller(follower, position);
      for (const stream = new EventStream(); pieces; ) {
        const { value, done } = await pieces.read();
        if (done) break;
        watchdog.heard();
        for (const event of stream.read(value)) {
          if (signal.aborted) return;
          this.heard();
          tell(event);
        }
      }
      throw new TypeError();
    } finally {
      watchdog.stop();
    }
  }
}

/** Tells a follower at `position` what the events of its stream mean. */
function teller(follower: Follower, position: string | null): (event: StreamEvent) => void {
  // Up to where the stream has told everything.
  let at = position;
  let followed = false;
  const answer = (answered: Followed): void => {
    followed = true;
    at = answered.position;
    follower.followed(answered);
  };
  return ({ event, id, data = '', comment }) => {
    if (event === 'reset') answer(JSON.parse(data) as Followed);
    // The stream speaks only once the server has found the position; what was missed follows in the same breath.
    else if (!followed && position !== null) answer({ feed: follower.feed, position, reset: false, entries: [] });
    if (event === 'updated') {
      follower.updated(JSON.parse(data) as Entry, parsePosition(at)?.seq ?? 0);
      at = id ?? at;
    } else if (comment !== undefined) follower.told(comment);
  };
}
