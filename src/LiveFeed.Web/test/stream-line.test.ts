// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StreamLine } from '../src/ticker/stream-line.js';
import { FeedServer } from './feed-server.js';
import { entryAt, NotedEvents, NotedFollower } from './followed.js';

let server: FeedServer;
let events: NotedEvents;
let line: StreamLine;
let demo: NotedFollower;

beforeEach(async () => {
  server = new FeedServer();
  events = new NotedEvents();
  line = new StreamLine(await server.address(), events);
  demo = new NotedFollower();
  await vi.waitUntil(() => events.told.length > 0);
});

afterEach(async () => {
  line.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await server.close();
});

const event = (name: string, id: string, data: unknown): string => `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

async function noted(count: number, follower = demo): Promise<string[]> {
  await vi.waitUntil(() => follower.notes.length >= count);
  return follower.notes;
}

test('a first visit is followed with the newest, and goes on from there', async () => {
  line.follow(demo, null);
  const asked = await server.next();
  expect(asked.path).toBe('/api/feeds/demo/stream');
  asked.stream('retry: 2000\n\n');
  asked.stream(event('reset', 'a:3', { feed: 'demo', position: 'a:3', reset: true, entries: [entryAt(3), entryAt(1)] }));
  asked.stream(event('updated', 'a:4', entryAt(4)) + event('updated', 'a:6', entryAt(6)));
  expect(await noted(3)).toEqual(['reset a:3 [3 1]', 'updated 3→4', 'updated 4→6']);
  expect(events.told).toEqual(['opened', 'answered']);
});

test('who comes back is told what was missed after the position, as soon as the server speaks', async () => {
  line.follow(demo, 'a:3');
  const asked = await server.next();
  expect(asked.path).toBe('/api/feeds/demo/stream?position=a:3');
  asked.stream('retry: 2000\n\n');
  expect(await noted(1)).toEqual(['followed a:3 []']);
  asked.stream(event('updated', 'a:5', entryAt(5)));
  expect(await noted(2)).toEqual(['followed a:3 []', 'updated 3→5']);
});

test('a position in a comment is told, and a log that is another one comes anew', async () => {
  line.follow(demo, 'a:3');
  const asked = await server.next();
  asked.stream(`retry: 2000\n\n: a:3\n\n${event('reset', 'b:1', { feed: 'demo', position: 'b:1', reset: true, entries: [entryAt(1)] })}`);
  asked.stream(event('updated', 'b:2', entryAt(2)));
  expect(await noted(4)).toEqual(['followed a:3 []', 'told a:3', 'reset b:1 [1]', 'updated 1→2']);
});

test('each feed has its own stream; an earlier one of the same follower ends', async () => {
  const other = new NotedFollower('other');
  line.follow(demo, 'a:1');
  line.follow(other, 'b:1');
  const [first, second] = [await server.next(), await server.next()];
  line.follow(demo, 'a:2');
  const again = await server.next();
  await (first.path.includes('demo') ? first : second).gone;
  again.stream('retry: 1\n\n');
  (first.path.includes('demo') ? second : first).stream('retry: 1\n\n');
  expect([await noted(1), await noted(1, other)]).toEqual([['followed a:2 []'], ['followed b:1 []']]);
  line.unfollow(other);
  await Promise.race([first.gone, second.gone]);
});

test('the server\'s no is a refusal of the feed, and not the end of the line', async () => {
  line.follow(demo, null);
  (await server.next()).answer(404, { detail: 'There is no feed named \'demo\'.' });
  expect(await noted(1)).toEqual(['refused: There is no feed named \'demo\'.']);
  expect(events.told).toEqual(['opened', 'answered']);
});

test.each([
  ['a proxy\'s page', 403, '<!doctype html>', { 'content-type': 'text/html' }, 0],
  ['a proxy\'s page in place of the stream', 200, '<!doctype html>', { 'content-type': 'text/html' }, 0],
  ['a server that can\'t now', 503, { detail: 'Try again in a few seconds.' }, {}, 0],
  ['a server that says when', 503, { detail: 'Full.' }, { 'retry-after': '7' }, 7_000],
  ['too many requests', 429, { detail: 'Too many.' }, { 'retry-after': '30' }, 30_000],
  ['a date to come back at, which we don\'t read', 503, {}, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 0],
])('%s ends the line', async (_, status, body, headers, pause) => {
  line.follow(demo, 'a:1');
  (await server.next()).answer(status, body, headers);
  await vi.waitUntil(() => events.told.length > 1);
  expect([events.told, demo.notes]).toEqual([['opened', `closed for ${String(pause)}`], []]);
});

test.each([['end', true], ['cut', false]])('a stream that is %s ends the line, and all of its streams', async (_, inOrder) => {
  const other = new NotedFollower('other');
  line.follow(demo, 'a:1');
  const asked = await server.next();
  line.follow(other, 'b:1');
  const second = await server.next();
  asked.stream('retry: 1\n\n');
  await noted(1);
  if (inOrder) asked.end();
  else asked.cut();
  await second.gone;
  expect(events.told).toEqual(['opened', 'answered', 'closed for 0']);
  expect(other.notes).toEqual([]);
});

test('a stream that something holds back is given up after 6 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  line.follow(demo, 'a:1');
  const asked = await server.next();
  vi.advanceTimersByTime(5_999);
  expect(events.told).toEqual(['opened']);
  vi.advanceTimersByTime(1);
  expect(events.told).toEqual(['opened', 'closed for 0']);
  await asked.gone;
});

test('a stream is held on to while anything comes, and given up 20 seconds after the last word', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  line.follow(demo, 'a:1');
  const asked = await server.next();
  for (let i = 1; i <= 5; i++) {
    asked.stream(': a:1\n\n');
    while (demo.notes.length <= i) await new Promise(setImmediate);
    vi.advanceTimersByTime(10_000);
  }
  expect([events.told, line.isSilent]).toEqual([['opened', 'answered'], false]);
  vi.advanceTimersByTime(10_000);
  expect(events.told).toEqual(['opened', 'answered', 'closed for 0']);
});

test('five feeds are too many for streams: they would leave the page no connection', async () => {
  for (let i = 1; i <= 5; i++) line.follow(new NotedFollower(`feed-${String(i)}`), null);
  await vi.waitUntil(() => events.told.length > 1);
  expect(events.told).toEqual(['opened', 'closed for 0']);
});

test('what is no event of ours ends the line, and the fault is told', async () => {
  const told = vi.fn();
  vi.stubGlobal('reportError', told);
  line.follow(demo, 'a:1');
  (await server.next()).stream('event: updated\ndata: {\n\n');
  await vi.waitUntil(() => told.mock.calls.length > 0);
  expect(events.told).toEqual(['opened', 'answered', 'closed for 0']);
});

test('a line that is closed tells nothing more', async () => {
  line.follow(demo, 'a:1');
  const asked = await server.next();
  line.close();
  await asked.gone;
  expect([events.told, demo.notes]).toEqual([['opened'], []]);
});
