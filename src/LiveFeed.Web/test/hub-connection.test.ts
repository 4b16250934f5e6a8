// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { HubConnection, HubError, type HubTimes } from '../src/ticker/hub-connection.js';
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

interface Client {
  readonly connection: HubConnection;
  readonly events: string[];
  readonly opened: Promise<void>;
  readonly closed: Promise<boolean>;
}

async function connect(times?: HubTimes): Promise<Client> {
  const events: string[] = [];
  let tellOpened!: () => void;
  let tellClosed!: (comeBack: boolean) => void;
  const opened = new Promise<void>((resolve) => { tellOpened = resolve; });
  const closed = new Promise<boolean>((resolve) => { tellClosed = resolve; });
  const connection = new HubConnection(await server.url(), {
    opened: () => { tellOpened(); },
    called: (target, args) => { events.push(`${target}(${args.map(String).join(', ')})`); },
    closed: (comeBack) => { tellClosed(comeBack); },
  }, times, (url) => new NodeSocket(url) as unknown as WebSocket);
  open.push(connection);
  return { connection, events, opened, closed };
}

async function connected(times?: HubTimes): Promise<[Client, ServerConnection]> {
  const client = await connect(times);
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
  const first = connection.call('Follow', 'one', null);
  const second = connection.call('Follow', 'two', 'a:7');
  expect(await line.read()).toEqual({ type: 1, invocationId: '1', target: 'Follow', arguments: ['one', null] });
  expect(await line.read()).toEqual({ type: 1, invocationId: '2', target: 'Follow', arguments: ['two', 'a:7'] });
  line.send({ type: 3, invocationId: '2', result: 'second' }, { type: 3, invocationId: '1', result: 'first' });
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
});

test('gives a refused call the reason in the server\'s words', async () => {
  const [{ connection }, line] = await connected();
  const call = connection.call('Follow', 'nowhere', null);
  line.send({ type: 3, invocationId: '1', error: 'There is no feed nowhere.' });
  await expect(call).rejects.toThrow(new HubError('There is no feed nowhere.'));
});

test('fails what was not answered when the line is cut', async () => {
  const [{ connection, closed }, line] = await connected();
  const call = connection.call('Follow', 'demo', null);
  const failed = expect(call).rejects.not.toBeInstanceOf(HubError);
  await line.read();
  line.cut();
  await failed;
  expect(await closed).toBe(true);
  await expect(connection.call('Follow', 'demo', null)).rejects.toThrow('no connection');
});

test.each([[true], [false], [undefined]])('comes back after a close only if that is allowed (%s)', async (allowReconnect) => {
  const [client, line] = await connected();
  line.send({ type: 7, allowReconnect });
  expect(await client.closed).toBe(allowReconnect === true);
  await line.closed;
});

test('pings, so that the server knows that it lives', async () => {
  const [, line] = await connected({ ping: 20, timeout: 5_000 });
  expect(await line.read()).toEqual({ type: 6 });
  expect(await line.read()).toEqual({ type: 6 });
});

test('gives up a server that has fallen silent', async () => {
  const [client, line] = await connected({ ping: 1_000, timeout: 50 });
  expect(await client.closed).toBe(true);
  await line.closed;
});

test('holds on to a server that pings', async () => {
  const [client, line] = await connected({ ping: 1_000, timeout: 250 });
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
