import { once, setMaxListeners } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import WebSocket from 'ws';
import { Newsroom, type Times } from './newsroom.js';
import { Reader } from './reader.js';

// Thousands of readers with our own client are cut at the same moment, while a newsroom publishes: when are they all back and
// whole, by their jitter, and what does publishing notice of it? See infra/bench.

const [address = '', key = '', count = '5000'] = process.argv.slice(2);
const server = new URL(address);

const sockets = new Set<WebSocket>();
// What the client asks of its page; this one is always in front.
const page = { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }), window: new EventTarget() };
setMaxListeners(0, page.document, page.window);
Object.assign(globalThis, page, {
  reportError: (error: unknown): void => { throw error; },
  WebSocket: class extends WebSocket {
    constructor(url: string) {
      super(url, { perMessageDeflate: false });
      sockets.add(this);
      this.on('error', () => undefined);
      this.on('close', () => sockets.delete(this));
    }
  },
});

// Few items for the crowd, which shares the machine with the server; many for the measure of publishing, which nobody reads and
// which has a thread of its own, or it would measure how busy the crowd is.
const read = new Newsroom(server, key, 'read');
await read.open();
const measured = new Worker(new URL('publishing.mjs', import.meta.url), { argv: [address, key] });

let cutAt = Infinity;
const backAfter = new Map<Reader, number>();
const readers = Array.from({ length: Number(count) }, () => {
  const reader: Reader = new Reader(server, 'read', () => {
    if (!backAfter.has(reader)) backAfter.set(reader, performance.now() - cutAt);
  });
  return reader;
});
for (const reader of readers) {
  reader.start();
  if (sockets.size % 250 === 0) await until(() => backAfter.size >= sockets.size);
}
await until(() => backAfter.size === readers.length);

read.start(500);
await timesOf(measured);
await pass(10_000);
report('publishing before', await timesOf(measured));

backAfter.clear();
cutAt = performance.now();
for (const socket of [...sockets]) socket.terminate();
await until(() => backAfter.size === readers.length);
const times = [...backAfter.values()].sort((a, b) => a - b);
report('publishing while they came back', await timesOf(measured));
console.log(`back and whole: half of ${String(readers.length)} after ${seconds(quantile(times, 0.5))}, all after ${seconds(quantile(times, 1))}`);

await measured.terminate();
await read.stop();
const { position, entries } = await read.newest();
await until(() => readers.every((reader) => reader.position === position));
const wrong = readers.filter((reader) => reader.faults > 0 || entries.some(({ id, revision }) => reader.shown.get(id) !== revision));
console.log(`readers that miss something or saw it twice: ${String(wrong.length)}`);
process.exit(wrong.length > 0 || quantile(times, 1) > 10_000 ? 1 : 0);

async function timesOf(worker: Worker): Promise<Times> {
  worker.postMessage('times');
  return (await once(worker, 'message') as [Times])[0];
}

function report(what: string, { took, failed }: Times): void {
  console.log(`${what}: ${String(took.length)} items, p50 ${ms(quantile(took, 0.5))}, p99 ${ms(quantile(took, 0.99))}, longest ${ms(quantile(took, 1))}, not taken ${String(failed)}`);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}

function seconds(time: number): string {
  return `${(time / 1_000).toFixed(2)} s`;
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Not so after a minute: ${isSo.toString()}`);
    await pass(10);
  }
}
