import type { EntryPage, Followed } from './entry.js';
import { FetchLine } from './fetch-line.js';
import type { Follower } from './line.js';
import { ask, Trouble } from './reading.js';
import { PATIENCE, Watchdog } from './watchdog.js';

/** From an answer to the next question, in milliseconds, give or take a fifth: readers who began together drift apart. */
const EVERY = 5_000;

/** The position of a log that is no more. */
const GONE = 410;

/**
 * The feed's list, asked for again and again: the last resort, which whatever lets pages through lets through as well. All who
 * have seen the same ask the same, so a shared cache may answer; its answers are a second old at most.
 */
export class PollLine extends FetchLine {
  readonly kind = 'poll';

  protected async serve(follower: Follower, position: string | null, signal: AbortSignal): Promise<void> {
    for (let at = position; ; ) {
      // Between two questions there is nothing to watch: a hidden tab's timers may stretch the wait to minutes.
      const watchdog = new Watchdog(() => { this.end(); }, { ...PATIENCE, opening: PATIENCE.silence });
      const answer = await this.changes(follower.feed, at, signal).finally(() => { watchdog.stop(); });
      if (signal.aborted) return;
      this.heard();
      follower.followed(answer);
      at = answer.position;
      await new Promise((resolve) => setTimeout(resolve, EVERY * (0.8 + 0.4 * Math.random())));
    }
  }

  /** What changed since then; or the newest, where that is too far back, or in a log that is no more. */
  private async changes(feed: string, since: string | null, signal: AbortSignal): Promise<Followed> {
    if (since !== null) {
      try {
        const page = await this.page(feed, { since, limit: '100' }, signal);
        if (page.next === undefined) return { ...page, reset: false };
      } catch (error) {
        if (!(error instanceof Trouble && error.status === GONE)) throw error;
      }
    }
    return { ...(await this.page(feed, {}, signal)), reset: true };
  }

  private async page(feed: string, query: Record<string, string>, signal: AbortSignal): Promise<EntryPage> {
    return (await (await ask(this.server, feed, 'entries', query, { signal })).json()) as EntryPage;
  }
}
