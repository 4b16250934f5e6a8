// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seated } from '../src/ticker/stream-seats.js';

const server = new URL('http://localhost/');
/** What all tabs of the browser hold. */
const held = new Set<string>();

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: { request } });
});

afterEach(() => {
  held.clear();
  vi.unstubAllGlobals();
});

async function request(name: string, _: { ifAvailable: true }, then: (lock: object | null) => Promise<boolean>): Promise<boolean> {
  if (held.has(name)) return then(null);
  held.add(name);
  return then({}).finally(() => { held.delete(name); });
}

/** A stream that lasts until it is ended. */
function stream(at = server): { end: () => void; over: Promise<void>; run: () => Promise<void> } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => { resolve = done; });
  const run = vi.fn(() => promise);
  return { end: () => { resolve(); }, over: seated(at, run), run };
}

test('four streams hold a seat each, the fifth finds none', async () => {
  const four = [1, 2, 3, 4].map(() => stream());
  await vi.waitUntil(() => held.size === 4);
  const fifth = stream();
  await expect(fifth.over).rejects.toThrow(TypeError);
  expect(fifth.run).not.toHaveBeenCalled();
  for (const { end, over } of four) {
    end();
    await over;
  }
});

test('a seat is free again when its stream is over, or has failed', async () => {
  for (let i = 0; i < 5; i++) await expect(seated(server, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
  expect(held).toEqual(new Set());
});

test('another server has seats of its own', async () => {
  for (let i = 0; i < 4; i++) stream();
  const other = stream(new URL('http://localhost:81/'));
  await vi.waitUntil(() => held.size === 5);
  other.end();
  await other.over;
});

test('where the browser knows no locks, a stream runs without a seat', async () => {
  vi.stubGlobal('navigator', {});
  const run = vi.fn(() => Promise.resolve());
  await seated(server, run);
  expect(run).toHaveBeenCalledOnce();
});
