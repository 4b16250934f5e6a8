import type { Entry, Followed } from './entry.js';
import type { HubConnection } from './hub-connection.js';

/** Someone who follows a feed over a line, whichever it is. */
export interface Follower {
  readonly feed: string;
  /** What was seen, as the server reads it; null when nothing was. */
  readonly position: string | null;
  /** There is a line that can be followed on, from now until `lost`. */
  opened(): void;
  lost(): void;
  /** An answer to `follow`, or the newest unasked: on any line, at any time. */
  followed(answer: Followed): void;
  /** The server's refusal to let the feed be followed, in its words. */
  refused(reason: string): void;
  /** A change, told to a follower who holds everything up to `previous`. */
  updated(entry: Entry, previous: number): void;
  /** How far the server says that the feed is. */
  told(position: string): void;
}

/** `socket`: a WebSocket, shared by all feeds. `stream`: server-sent events, one stream a feed. `poll`: the list, again and again. */
export type LineKind = 'socket' | 'stream' | 'poll';

/** What a line tells the one who opened it. It tells nothing while it is being made, and nothing after `closed` or `close`. */
export interface LineEvents {
  /** Feeds can be followed on it. Whether anything comes over it is known only when the first of them is `answered`. */
  opened(): void;
  /** The server has answered a follower, who is told right after this if the line isn't closed for it. Only now it is known to work. */
  answered(refused: boolean): void;
  /** The server goes away in so many milliseconds: then, no sooner, a line elsewhere is wanted. */
  leaving(milliseconds: number): void;
  /** It is over, once and for all. The server doesn't want to see us again within `pause` milliseconds. */
  closed(pause: number): void;
}

/**
 * One way to the server, from its opening to its end; it never opens itself again. What it promises, so that one can take the
 * place of another in the middle of everything:
 * - a follower is told everything after the position it follows from, in order, or is `followed` anew with a reset;
 * - what the server says for itself (there is no such feed) is `refused`; anything else in the way ends the line;
 * - a line that is silent for longer than a living one ever is ends by itself, within 20 s.
 */
export interface Line {
  readonly kind: LineKind;
  /** What more can be said on it to the server, where that is possible. */
  readonly hub?: HubConnection;
  /** True when nothing was heard for too long. A page that slept finds out by this before its timers do. */
  readonly isSilent: boolean;
  /** Tells what comes after `position`, or the newest with null. Called again for the same follower, only the last call counts. */
  follow(follower: Follower, position: string | null): void;
  unfollow(follower: Follower): void;
  /** Ends it; nothing more is told. */
  close(): void;
}

/** Opens a line. */
export type OpenLine = (events: LineEvents) => Line;
