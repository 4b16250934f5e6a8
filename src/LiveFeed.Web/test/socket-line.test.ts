// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { SocketLine } from '../src/ticker/socket-line.js';
import { entryAt, NotedEvents, NotedFollower } from './followed.js';
import { HubServer, type ServerConnection } from './hub-server.js';

const QUICK = { opening: 5_000, silence: 5_000, breath: 10, ping: 60_000 };

let server: HubServer;
let events: NotedEvents;
let line: SocketLine;
let hub: ServerConnection;
let demo: NotedFollower;

async function open(times = QUICK): Promise<void> {
  line = new SocketLine(new URL(await server.url()), events, times, (url) => new NodeSocket(url) as unknown as WebSocket);
  hub = await server.next();
  await hub.shakeHands();
  await vi.waitUntil(() => events.told.length > 0);
}

beforeEach(() => {
  server = new HubServer();
  events = new NotedEvents();
  demo = new NotedFollower();
});

afterEach(async () => {
  line.close();
  await server.close();
});

const followed = (invocationId: string, feed: string, position: string): unknown =>
  ({ type: 3, invocationId, result: { feed, position, reset: false, entries: [] } });

async function noted(count: number, follower = demo): Promise<string[]> {
  await vi.waitUntil(() => follower.notes.length >= count);
  return follower.notes;
}

test('follows each feed from its position, over one connection, and tells each its own', async () => {
  await open();
  const other = new NotedFollower('other');
  line.follow(demo, 'a:1');
  line.follow(other, null);
  expect(await hub.read()).toEqual({ type: 1, invocationId: '1', target: 'Follow', arguments: ['demo', 'a:1'] });
  expect(await hub.read()).toEqual({ type: 1, invocationId: '2', target: 'Follow', arguments: ['other', null] });
  hub.send(followed('2', 'other', 'b:7'), followed('1', 'demo', 'a:2'),
    { type: 1, target: 'Updated', arguments: [entryAt(3), 2] }, { type: 1, target: 'Position', arguments: ['other', 'b:7'] });
  expect([await noted(2), await noted(2, other)]).toEqual([['followed a:2 []', 'updated 2→3'], ['followed b:7 []', 'told b:7']]);
  expect(events.told).toEqual(['opened', 'answered']);
});

test('an answer to a question that was asked anew since is passed over', async () => {
  await open();
  line.follow(demo, 'a:1');
  line.follow(demo, 'a:2');
  hub.send(followed('1', 'demo', 'a:2'), followed('2', 'demo', 'a:3'));
  expect(await noted(1)).toEqual(['followed a:3 []']);
});

test('a refusal is told in the server\'s words, without SignalR\'s', async () => {
  await open();
  line.follow(demo, null);
  hub.send({ type: 3, invocationId: '1', error: 'An unexpected error occurred invoking \'Follow\' on the server. HubException: There is no feed.' });
  expect(await noted(1)).toEqual(['refused: There is no feed.']);
});

test('ends a feed on the server with its last follower only', async () => {
  await open();
  const twin = new NotedFollower();
  line.follow(demo, 'a:1');
  line.follow(twin, 'a:1');
  line.unfollow(demo);
  line.unfollow(twin);
  line.unfollow(twin);
  line.follow(demo, 'a:1');
  const asked = [await hub.read(), await hub.read(), await hub.read(), await hub.read()] as { target: string }[];
  expect(asked.map(({ target }) => target)).toEqual(['Follow', 'Follow', 'Unfollow', 'Follow']);
});

test('says that the node goes away, and when', async () => {
  await open();
  hub.send({ type: 1, target: 'Reconnect', arguments: [1_500] });
  await vi.waitUntil(() => events.told.length > 1);
  expect(events.told).toEqual(['opened', 'leaving in 1500']);
});

test('asks for a pause of minutes when the server forbids to come back, and for none after a break', async () => {
  await open();
  hub.send({ type: 7, error: 'Too many calls came at once.', allowReconnect: false });
  await vi.waitUntil(() => events.told.length > 1);
  events.told.push('and');
  await open();
  hub.cut();
  await vi.waitUntil(() => events.told.length > 4);
  expect(events.told).toEqual(['opened', 'closed for 120000', 'and', 'opened', 'closed for 0']);
});

test('a silent server is dead to who is kept up to date, and may be silent to who was refused', async () => {
  await open({ ...QUICK, opening: 300, silence: 100 });
  line.follow(demo, null);
  await hub.read();
  hub.send({ type: 3, invocationId: '1', error: 'There is no feed.' });
  await vi.waitUntil(() => line.isSilent);
  expect(events.told).toEqual(['opened', 'answered']);
  line.follow(demo, null);
  hub.send(followed('2', 'demo', 'a:1'));
  await vi.waitUntil(() => events.told.length > 2);
  expect(events.told).toEqual(['opened', 'answered', 'closed for 0']);
});

test('a line that is closed tells nothing more', async () => {
  await open();
  line.follow(demo, null);
  line.close();
  await hub.closed;
  expect([events.told, demo.notes]).toEqual([['opened'], []]);
});

test('a refusal for which the line is closed is not told', async () => {
  await open();
  events.answered = () => { line.close(); };
  line.follow(demo, null);
  hub.send({ type: 3, invocationId: '1', error: 'There is no feed.' });
  await hub.closed;
  expect(demo.notes).toEqual([]);
});
