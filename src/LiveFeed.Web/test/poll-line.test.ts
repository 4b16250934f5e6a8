// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PollLine } from '../src/ticker/poll-line.js';
import { type Asked, FeedServer } from './feed-server.js';
import { entryAt, NotedEvents, NotedFollower } from './followed.js';

let server: FeedServer;
let events: NotedEvents;
let line: PollLine;
let demo: NotedFollower;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  server = new FeedServer();
  events = new NotedEvents();
  line = new PollLine(await server.address(), events);
  demo = new NotedFollower();
  await until(() => events.told.length > 0);
});

afterEach(async () => {
  line.close();
  vi.useRealTimers();
  await server.close();
});

/** Waits without the clock, which is the test's. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

async function noted(count: number): Promise<string[]> {
  await until(() => demo.notes.length >= count);
  return demo.notes;
}

/** The next question, after the wait. */
async function asked(): Promise<Asked> {
  await until(() => vi.getTimerCount() > 0);
  vi.advanceTimersByTime(6_000);
  return server.next();
}

test('a first visit is followed with the newest, and asks every few seconds for what changed since', async () => {
  line.follow(demo, null);
  const first = await server.next();
  expect(first.path).toBe('/api/feeds/demo/entries');
  first.answer(200, { feed: 'demo', position: 'a:3', entries: [entryAt(3)], next: 'cursor' });
  expect(await noted(1)).toEqual(['reset a:3 [3]']);
  await until(() => vi.getTimerCount() > 0);
  vi.advanceTimersByTime(3_999);
  expect(server.left).toBe(0);
  const second = await asked();
  expect(second.path).toBe('/api/feeds/demo/entries?since=a:3&limit=100');
  second.answer(200, { feed: 'demo', position: 'a:5', entries: [entryAt(4), entryAt(5)] });
  expect(await noted(2)).toEqual(['reset a:3 [3]', 'followed a:5 [4 5]']);
  expect((await asked()).path).toBe('/api/feeds/demo/entries?since=a:5&limit=100');
  expect(events.told).toEqual(['opened', 'answered']);
});

test.each([
  ['a position of a log that is no more', 410, { detail: 'Gone.' }],
  ['a position that is too far back', 200, { feed: 'demo', position: 'a:101', entries: [entryAt(101)], next: 'a:101' }],
])('%s is answered with the newest', async (_, status, body) => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(status, body);
  const again = await server.next();
  expect(again.path).toBe('/api/feeds/demo/entries');
  again.answer(200, { feed: 'demo', position: 'b:2', entries: [entryAt(2)] });
  expect(await noted(1)).toEqual(['reset b:2 [2]']);
});

test('the server\'s no is a refusal of the feed, and is asked about no more until the follower does', async () => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(404, { detail: 'There is no feed.' });
  expect(await noted(1)).toEqual(['refused: There is no feed.']);
  vi.advanceTimersByTime(60_000);
  expect([server.left, events.told]).toEqual([0, ['opened', 'answered']]);
});

test('no answer ends the line', async () => {
  line.follow(demo, 'a:1');
  (await server.next()).cut();
  await until(() => events.told.length > 1);
  expect([events.told, demo.notes]).toEqual([['opened', 'closed for 0'], []]);
});

test('a server that says when to come back is heard', async () => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(503, { detail: 'Full.' }, { 'retry-after': '5' });
  await until(() => events.told.length > 1);
  expect(events.told).toEqual(['opened', 'closed for 5000']);
});

test('an answer that does not come within 20 seconds ends the line', async () => {
  line.follow(demo, 'a:1');
  const question = await server.next();
  vi.advanceTimersByTime(19_999);
  expect(events.told).toEqual(['opened']);
  vi.advanceTimersByTime(1);
  expect(events.told).toEqual(['opened', 'closed for 0']);
  await question.gone;
});

test('a hidden tab whose timers run once a minute is not taken for cut off, and asks at once when the reader returns', async () => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(200, { feed: 'demo', position: 'a:1', entries: [] });
  await noted(1);
  expect(line.isSilent).toBe(false);
  vi.setSystemTime(Date.now() + 60_000);
  expect(line.isSilent).toBe(true);
  (await asked()).answer(200, { feed: 'demo', position: 'a:2', entries: [entryAt(2)] });
  expect(await noted(2)).toEqual(['followed a:1 []', 'followed a:2 [2]']);
  expect([events.told, line.isSilent]).toEqual([['opened', 'answered'], false]);
});

test('who no longer follows is not asked for', async () => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(200, { feed: 'demo', position: 'a:1', entries: [] });
  await noted(1);
  line.unfollow(demo);
  vi.advanceTimersByTime(60_000);
  expect([server.left, events.told]).toEqual([0, ['opened', 'answered']]);
});

test('a refusal for which the line is closed is not told', async () => {
  let closed = false;
  events.answered = () => {
    line.close();
    closed = true;
  };
  line.follow(demo, 'a:1');
  (await server.next()).answer(404, { detail: 'There is no feed.' });
  await until(() => closed);
  await new Promise(setImmediate);
  expect(demo.notes).toEqual([]);
});
