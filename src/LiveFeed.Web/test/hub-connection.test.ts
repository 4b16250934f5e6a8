// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { HubConnection, type HubTimes } from '../src/ticker/hub-connection.js';
import { HubServer, type ServerConnection } from './hub-server.js';

let server: HubServer;
let open: HubConnection[];

beforeEach(() => {
  server = new HubServer();
  open = [];
});

afterEach(async () => {
  open.forEach((connection) => { connection.close(); });
  await server.close();
  vi.unstubAllGlobals();
});

/** Short times; a test says which of them it is about. */
const QUICK: HubTimes = { opening: 5_000, silence: 5_000, breath: 10, ping: 5_000 };

interface Client {
  readonly connection: HubConnection;
  readonly events: string[];
  readonly opened: Promise<void>;
  readonly closed: Promise<boolean>;
}

async function connect(times: HubTimes = QUICK, isDead = () => true): Promise<Client> {
  const events: string[] = [];
  let tellOpened!: () => void;
  let tellClosed!: (comeBack: boolean) => void;
  const opened = new Promise<void>((resolve) => { tellOpened = resolve; });
  const closed = new Promise<boolean>((resolve) => { tellClosed = resolve; });
  const connection = new HubConnection(await server.url(), {
    opened: () => { tellOpened(); },
    called: (target, args) => { events.push(`${target}(${args.map(String).join(', ')})`); },
    isDead,
    closed: (comeBack) => { tellClosed(comeBack); },
  }, times, (url) => new NodeSocket(url) as unknown as WebSocket);
  open.push(connection);
  return { connection, events, opened, closed };
}

function called(connection: HubConnection, target: string, ...args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a refusal is words, not a fault
    connection.call(target, args, (result, refusal) => { if (refusal === undefined) resolve(result); else reject(refusal); });
  });
}

async function connected(times?: HubTimes, isDead?: () => boolean): Promise<[Client, ServerConnection]> {
  const client = await connect(times, isDead);
  const line = await server.next();
  await line.shakeHands();
  await client.opened;
  return [client, line];
}

test('asks for the JSON protocol and is open when the server agrees', async () => {
  const client = await connect();
  const line = await server.next();
  expect(await line.shakeHands()).toEqual({ protocol: 'json', version: 1 });
  await client.opened;
});

test('stays away when the server refuses the handshake', async () => {
  const client = await connect();
  const line = await server.next();
  await line.read();
  line.send({ error: 'not here' });
  expect(await client.closed).toBe(false);
});

test('reads several messages of one frame, the first of them the handshake', async () => {
  const client = await connect();
  const line = await server.next();
  line.send({}, { type: 1, target: 'Position', arguments: ['demo', 'a:1'] }, { type: 6 }, { type: 1, target: 'Position', arguments: ['demo', 'a:2'] });
  await vi.waitUntil(() => client.events.length === 2);
  expect(client.events).toEqual(['Position(demo, a:1)', 'Position(demo, a:2)']);
});

test('gives a call its own answer, in whatever order they come', async () => {
  const [{ connection }, line] = await connected();
  const first = called(connection, 'Follow', 'one', null);
  const second = called(connection, 'Follow', 'two', 'a:7');
  expect(await line.read()).toEqual({ type: 1, invocationId: '1', target: 'Follow', arguments: ['one', null] });
  expect(await line.read()).toEqual({ type: 1, invocationId: '2', target: 'Follow', arguments: ['two', 'a:7'] });
  line.send({ type: 3, invocationId: '2', result: 'second' }, { type: 3, invocationId: '1', result: 'first' });
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
});

test('gives a refused call the reason in the server\'s words', async () => {
  const [{ connection }, line] = await connected();
  const call = called(connection, 'Follow', 'nowhere', null);
  line.send({ type: 3, invocationId: '1', error: 'There is no feed nowhere.' });
  await expect(call).rejects.toBe('There is no feed nowhere.');
});

test('tells an answer before what comes after it in the same frame', async () => {
  const [{ connection, events }, line] = await connected();
  connection.call('Follow', ['demo', null], () => { events.push('answered'); });
  line.send({ type: 3, invocationId: '1', result: {} }, { type: 1, target: 'Position', arguments: ['demo', 'a:1'] });
  await vi.waitUntil(() => events.length === 2);
  expect(events).toEqual(['answered', 'Position(demo, a:1)']);
});

test('answers nothing any more when the line is cut', async () => {
  const [{ connection, closed }, line] = await connected();
  const answer = vi.fn();
  connection.call('Follow', ['demo', null], answer);
  await line.read();
  line.cut();
  expect(await closed).toBe(true);
  connection.call('Follow', ['demo', null], answer);
  expect(answer).not.toHaveBeenCalled();
});

test('gives up a server that leaves a call without an answer', async () => {
  const [{ connection, closed }, line] = await connected({ ...QUICK, silence: 60 }, () => false);
  connection.call('Follow', ['demo', null], () => undefined);
  await line.read();
  expect(await closed).toBe(true);
});

test.each([[true], [false], [undefined]])('comes back after a close only if that is allowed (%s)', async (allowReconnect) => {
  const [client, line] = await connected();
  line.send({ type: 7, allowReconnect });
  expect(await client.closed).toBe(allowReconnect === true);
  await line.closed;
});

test('pings, so that the server knows that it lives', async () => {
  const [, line] = await connected({ ...QUICK, ping: 20 });
  expect(await line.read()).toEqual({ type: 6 });
  expect(await line.read()).toEqual({ type: 6 });
});

test.each([[1002], [1008], [1009]])('does not come back soon after the WebSocket is closed with %i', async (code) => {
  const [client, line] = await connected();
  line.end(code);
  expect(await client.closed).toBe(false);
});

test.each([[1000], [1001], [1011], [1012]])('comes back after the WebSocket is closed with %i', async (code) => {
  const [client, line] = await connected();
  line.end(code);
  expect(await client.closed).toBe(true);
});

test('comes back as the hub says, whatever the WebSocket says after it', async () => {
  const [client, line] = await connected();
  line.send({ type: 7, allowReconnect: true });
  line.end(1008);
  expect(await client.closed).toBe(true);
});

test('gives up a server that never answers the handshake', async () => {
  const client = await connect({ ...QUICK, opening: 50 });
  const line = await server.next();
  await line.read();
  expect(await client.closed).toBe(true);
  await line.closed;
});

test('gives up a server that has fallen silent', async () => {
  const [client, line] = await connected({ ...QUICK, opening: 300, silence: 50 });
  expect(await client.closed).toBe(true);
  await line.closed;
});

test('lets a server be silent that owes nothing', async () => {
  let asked = 0;
  const [client] = await connected({ ...QUICK, opening: 300, silence: 20 }, () => ++asked > 3);
  expect(await client.closed).toBe(true);
  expect(asked).toBe(4);
});

test('holds on to a server that pings', async () => {
  const [client, line] = await connected({ ...QUICK, opening: 300, silence: 250 });
  let over = false;
  void client.closed.then(() => { over = true; });
  let pings = 0;
  const pinging = setInterval(() => { line.send({ type: 6 }); pings += 1; }, 25);
  await vi.waitUntil(() => pings >= 30, { timeout: 5_000 });
  clearInterval(pinging);
  expect(over).toBe(false);
});

test('ends a connection whose other side speaks something else, and tells the fault', async () => {
  const told = vi.fn();
  vi.stubGlobal('reportError', told);
  const [client, line] = await connected();
  line.sendText('<!doctype html>');
  expect(await client.closed).toBe(true);
  expect(told).toHaveBeenCalledOnce();
});
