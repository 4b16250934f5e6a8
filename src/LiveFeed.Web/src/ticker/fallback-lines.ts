import type { OpenLine } from './line.js';
import { PollLine } from './poll-line.js';
import { StreamLine } from './stream-line.js';

/** The ways to a server for those who can't have a WebSocket. */
export const fallbackLines = (server: URL): Readonly<Record<'stream' | 'poll', OpenLine>> => ({
  stream: (events) => new StreamLine(server, events),
  poll: (events) => new PollLine(server, events),
});
