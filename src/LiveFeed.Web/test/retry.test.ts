import { expect, test } from 'vitest';
import { Retry } from '../src/ticker/retry.js';

const highest = (): number => 0.999_999;

test('waits up to twice as long each time, never more than half a minute, and never stops', () => {
  const retry = new Retry(highest);
  expect(Array.from({ length: 7 }, () => retry.next())).toEqual([1999, 3999, 7999, 15999, 29999, 29999, 29999]);
  for (let i = 0; i < 5_000; i++) retry.next();
  expect(retry.next()).toBe(29999);
});

test('takes any time between nothing and the bound', () => {
  const draws = [0, 0.5, 0.25];
  const retry = new Retry(() => draws.shift() ?? 0);
  expect([retry.next(), retry.next(), retry.next()]).toEqual([0, 2000, 2000]);
});

test('starts small again after a connection that held', () => {
  const retry = new Retry(highest);
  for (let i = 0; i < 6; i++) retry.next();
  expect(retry.lost(10_000)).toBe(true);
  expect(retry.next()).toBe(1999);
});

test('does not start small after a connection that broke at once', () => {
  const retry = new Retry(highest);
  for (let i = 0; i < 6; i++) retry.next();
  expect(retry.lost(200)).toBe(false);
  expect(retry.next()).toBe(29999);
});

test('starts small again when told that the network is back', () => {
  const retry = new Retry(highest);
  for (let i = 0; i < 6; i++) retry.next();
  retry.reset();
  expect(retry.next()).toBe(1999);
});
