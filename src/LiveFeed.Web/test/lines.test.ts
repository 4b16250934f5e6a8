import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Follower, Line, LineEvents, LineKind } from '../src/ticker/line.js';
import { Lines } from '../src/ticker/lines.js';
import { NotedFollower } from './followed.js';

/** A line that does what the test says. */
class FakeLine implements Line {
  isSilent = false;
  readonly asked: string[] = [];
  isClosed = false;

  constructor(
    readonly kind: LineKind,
    readonly events: LineEvents,
  ) {}

  follow(follower: Follower, position: string | null): void { this.asked.push(`${follower.feed} ${String(position)}`); }
  unfollow(follower: Follower): void { this.asked.push(`not ${follower.feed}`); }
  close(): void { this.isClosed = true; }

  /** The server answers a follower. */
  answer(follower: NotedFollower, position: string): void {
    this.events.answered(false);
    follower.followed({ feed: follower.feed, position, reset: false, entries: [] });
  }
}

/** Followers that ask as soon as they can, as tickers do. */
class Asking extends NotedFollower {
  override opened(): void {
    super.opened();
    lines.follow(this, this.position);
  }
}

let opened: FakeLine[];
let lines: Lines;
let demo: Asking;
/** Waits are taken at their longest unless a test says otherwise. */
let drawn: number;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  drawn = 0.999_999;
  const way = (kind: LineKind) => (events: LineEvents) => {
    const line = new FakeLine(kind, events);
    opened.push(line);
    return line;
  };
  lines = new Lines([way('socket'), way('stream'), way('poll')], () => drawn);
  demo = new Asking();
});

afterEach(() => {
  lines.remove(demo);
  vi.useRealTimers();
});

function newest(): FakeLine {
  const line = opened.at(-1);
  if (!line) throw new Error('No line was opened.');
  return line;
}

/** The kinds of the lines opened so far. */
const kinds = (): string => opened.map(({ kind }) => kind).join(' ');

/** Follows over the newest line. */
function live(position = 'a:1'): FakeLine {
  const line = newest();
  line.events.opened();
  line.answer(demo, position);
  return line;
}

/** The newest line can't be had; what is tried after the wait. */
function fail(pause = 0): void {
  newest().events.closed(pause);
  vi.advanceTimersToNextTimer();
}

test('steps down where no WebSocket can be had, then where no stream can', () => {
  lines.add(demo);
  fail();
  expect(kinds()).toBe('socket stream');
  fail();
  expect(kinds()).toBe('socket stream poll');
  live();
  expect(lines.kind).toBe('poll');
  expect(demo.notes).toEqual(['lost', 'lost', 'opened', 'followed a:1 []']);
});

test('steps down where the browser won\'t even try, and looks again all the same', () => {
  let tries = 0;
  lines = new Lines([
    () => {
      tries += 1;
      throw new DOMException('No WebSocket from here, says the page\'s policy.', 'SecurityError');
    },
    (events) => {
      const line = new FakeLine('stream', events);
      opened.push(line);
      return line;
    },
  ], () => drawn);
  lines.add(demo);
  vi.advanceTimersToNextTimer();
  live();
  expect(lines.kind).toBe('stream');
  vi.advanceTimersToNextTimer();
  vi.advanceTimersToNextTimer();
  expect([tries, lines.kind, demo.notes]).toEqual([3, 'stream', ['lost', 'opened', 'followed a:1 []']]);
});

test('steps up beside the line in use, which goes on until the better one has answered', () => {
  lines.add(demo);
  fail();
  const stream = live('a:7');
  vi.advanceTimersByTime(4_999);
  expect(kinds()).toBe('socket stream socket');
  const socket = newest();
  socket.events.opened();
  expect(socket.asked).toEqual(['demo a:7']);
  expect([stream.isClosed, lines.kind]).toEqual([false, 'stream']);
  socket.answer(demo, 'a:9');
  expect([stream.isClosed, lines.kind]).toEqual([true, 'socket']);
  // Nothing of it was a break.
  expect(demo.notes).toEqual(['lost', 'opened', 'followed a:7 []', 'followed a:9 []']);
  vi.advanceTimersByTime(3_600_000);
  expect(opened).toHaveLength(3);
});

test('looks for a better line ever more seldom, with jitter, and keeps the one it has', () => {
  lines.add(demo);
  fail();
  const stream = live();
  const waits = [5, 10, 20, 40, 80, 160, 320, 600, 600];
  for (const [i, seconds] of waits.entries()) {
    vi.advanceTimersByTime(seconds * 1_000 - 2);
    expect(opened).toHaveLength(2 + i);
    vi.advanceTimersByTime(2);
    expect(opened).toHaveLength(3 + i);
    newest().events.closed(0);
  }
  expect([stream.isClosed, lines.kind]).toEqual([false, 'stream']);
  expect(demo.notes).toEqual(['lost', 'opened', 'followed a:1 []']);
});

test('from polling looks for a WebSocket and for a stream by turns', () => {
  lines.add(demo);
  fail();
  fail();
  live();
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersToNextTimer();
    newest().events.closed(0);
  }
  expect(kinds()).toBe('socket stream poll socket stream socket');
  vi.advanceTimersToNextTimer();
  const stream = newest();
  stream.events.opened();
  stream.answer(demo, 'a:2');
  expect(lines.kind).toBe('stream');
  vi.advanceTimersToNextTimer();
  expect(newest().kind).toBe('socket');
});

test('a better line that opens and never answers takes nothing over', () => {
  lines.add(demo);
  fail();
  live();
  vi.advanceTimersToNextTimer();
  newest().events.opened();
  newest().events.closed(0);
  expect(lines.kind).toBe('stream');
  expect(demo.notes).toEqual(['lost', 'opened', 'followed a:1 []']);
});

test('a better line on which the feed is refused takes nothing over', () => {
  lines.add(demo);
  fail();
  const stream = live();
  vi.advanceTimersToNextTimer();
  const socket = newest();
  socket.events.opened();
  socket.events.answered(true);
  expect([socket.isClosed, stream.isClosed, lines.kind]).toEqual([true, false, 'stream']);
  vi.advanceTimersToNextTimer();
  expect(opened).toHaveLength(4);
});

test('a line that opens and never answers is a failure, and the next wait is longer', () => {
  lines.add(demo);
  for (const seconds of [2, 4, 8]) {
    newest().events.opened();
    vi.advanceTimersByTime(20_000);
    newest().events.closed(0);
    const count = opened.length;
    vi.advanceTimersByTime(seconds * 1_000 - 2);
    expect(opened).toHaveLength(count);
    vi.advanceTimersByTime(2);
    expect(opened).toHaveLength(count + 1);
  }
  expect(kinds()).toBe('socket stream poll socket');
});

test('comes back by the line that worked, within two seconds of the break, and starts small again once it held', () => {
  lines.add(demo);
  live();
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersByTime(10_000);
    newest().events.closed(0);
    vi.advanceTimersByTime(2_000);
    live();
  }
  expect(kinds()).toBe('socket socket socket socket');
});

test('readers who are cut at once come back spread over two seconds', () => {
  const waits = Array.from({ length: 100 }, (_, i) => {
    drawn = i / 100;
    opened = [];
    const own = new Lines([(events) => {
      const line = new FakeLine('socket', events);
      opened.push(line);
      return line;
    }], () => drawn);
    const reader = new NotedFollower();
    own.add(reader);
    newest().events.opened();
    newest().answer(reader, 'a:1');
    vi.advanceTimersByTime(60_000);
    const cutAt = Date.now();
    newest().events.closed(0);
    while (opened.length === 1) vi.advanceTimersToNextTimer();
    own.remove(reader);
    return Date.now() - cutAt;
  });
  expect(waits).toEqual(Array.from({ length: 100 }, (_, i) => i * 20));
});

test('leaves a node that goes away when it said, not sooner, and is elsewhere before the old line ends', () => {
  lines.add(demo);
  const old = live('a:5');
  old.events.leaving(8_000);
  vi.advanceTimersByTime(7_999);
  expect(opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(kinds()).toBe('socket socket');
  newest().events.opened();
  expect([newest().asked, old.isClosed]).toEqual([['demo a:5'], false]);
  newest().answer(demo, 'a:6');
  expect(old.isClosed).toBe(true);
  expect(demo.notes).toEqual(['opened', 'followed a:5 []', 'followed a:6 []']);
});

test('leaves it too when there is nowhere else yet, and then comes back like after a break', () => {
  lines.add(demo);
  const old = live('a:5');
  vi.advanceTimersByTime(60_000);
  old.events.leaving(1_000);
  vi.advanceTimersByTime(1_000);
  newest().events.closed(0);
  expect(old.isClosed).toBe(true);
  expect(demo.notes.at(-1)).toBe('lost');
  vi.advanceTimersByTime(2_000);
  expect(kinds()).toBe('socket socket socket');
});

test('when the node is gone before the new line stands, that one goes on', () => {
  lines.add(demo);
  const old = live('a:5');
  old.events.leaving(0);
  vi.advanceTimersByTime(0);
  const next = newest();
  next.events.opened();
  old.events.closed(0);
  expect(demo.notes.slice(-2)).toEqual(['lost', 'opened']);
  next.answer(demo, 'a:6');
  expect([opened.length, lines.kind, demo.notes.at(-1)]).toEqual([2, 'socket', 'followed a:6 []']);
});

test('a time that no timer can hold is not taken for at once', () => {
  lines.add(demo);
  live().events.leaving(1e12);
  vi.advanceTimersByTime(599_999);
  expect(opened).toHaveLength(1);
});

test('stays away for minutes when told to, each reader for a time of its own, whatever the reader does', () => {
  lines.add(demo);
  live();
  vi.advanceTimersByTime(60_000);
  drawn = 0.5;
  newest().events.closed(120_000);
  vi.advanceTimersByTime(90_000);
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(90_999);
  expect(opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(opened).toHaveLength(2);
});

test('comes back at once when the reader returns to a line that fell silent, and keeps one that did not', () => {
  lines.add(demo);
  const first = live();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(opened).toHaveLength(1);
  first.isSilent = true;
  document.dispatchEvent(new Event('visibilitychange'));
  expect([first.isClosed, kinds()]).toEqual([true, 'socket socket']);
});

test('begins with a WebSocket again when the network is back', () => {
  lines.add(demo);
  fail();
  live();
  window.dispatchEvent(new Event('offline'));
  expect(demo.notes.at(-1)).toBe('lost');
  window.dispatchEvent(new Event('online'));
  expect(kinds()).toBe('socket stream socket');
});

test('one line serves all tickers of a page; one that comes while a better line is looked for is asked about on both', () => {
  lines.add(demo);
  fail();
  const stream = live('a:1');
  vi.advanceTimersToNextTimer();
  newest().events.opened();
  const other = new Asking('other');
  other.position = 'b:3';
  lines.add(other);
  expect(stream.asked).toEqual(['demo null', 'other b:3']);
  expect(newest().asked).toEqual(['demo a:1', 'other b:3']);
  newest().answer(other, 'b:4');
  expect([stream.isClosed, lines.kind]).toEqual([true, 'socket']);
  lines.remove(other);
  expect(newest().asked.at(-1)).toBe('not other');
  lines.remove(demo);
  expect(newest().isClosed).toBe(true);
  vi.advanceTimersByTime(3_600_000);
  expect(opened).toHaveLength(3);
});

test('a page that is put away closes its line, and opens one when it is shown again', () => {
  lines.add(demo);
  live();
  window.dispatchEvent(new Event('pagehide'));
  expect(newest().isClosed).toBe(true);
  vi.advanceTimersByTime(3_600_000);
  expect(opened).toHaveLength(1);
  window.dispatchEvent(new Event('pageshow'));
  expect(opened).toHaveLength(2);
});
