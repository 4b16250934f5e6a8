import { expect, test } from 'vitest';
import { isSettled, type Receipt, receiptInWords } from '../src/desk/receipt.js';

const none: Receipt = { readers: 0, pushedTo: 0, confirmed: 0, waiting: 0, seen: { samples: 0 } };

test.each<[string, Partial<Receipt>, number, string]>([
  ['before anything is reported', { readers: 4 }, 500, 'Live after 48 ms'],
  ['to nobody', {}, 5_000, 'Live after 48 ms · no ticker is open'],
  ['to one', { readers: 1, pushedTo: 1, confirmed: 1, seen: { samples: 1, p50Ms: 61, p99Ms: 61 } }, 2_000, 'Live after 48 ms · on 1 ticker · on the screen after 61 ms'],
  ['to many', { readers: 1204, pushedTo: 1204, waiting: 3, seen: { samples: 60, p50Ms: 61, p99Ms: 11_240 } }, 2_000, 'Live after 48 ms · on 1,204 tickers · on screens after 61 ms (half), 11 s (99 %) · 3 still on the version before'],
  ['to programs alone', { readers: 2, pushedTo: 2 }, 20_000, 'Live after 48 ms · on 2 tickers'],
])('what went live %s', (_, receipt, age, words) => {
  expect(receiptInWords({ ...none, ...receipt }, false, 48, age)).toBe(words);
});

test.each<[string, Partial<Receipt>, string, boolean]>([
  ['while one is silent', { readers: 3, pushedTo: 3, confirmed: 1, waiting: 1 }, 'Withdrawn after 48 ms · confirmed by 1 of 2 screens · 1 more ticker was told', false],
  ['from the only one', { readers: 1, pushedTo: 1, confirmed: 1 }, 'Withdrawn after 48 ms · confirmed by 1 of 1 screen', true],
  ['everywhere', { readers: 1204, pushedTo: 1204, confirmed: 1204 }, 'Withdrawn after 48 ms · confirmed by all 1,204 screens', true],
])('what was withdrawn %s', (_, receipt, words, settled) => {
  expect(receiptInWords({ ...none, ...receipt }, true, 48, 2_000)).toBe(words);
  expect(isSettled({ ...none, ...receipt }, true, 100_000)).toBe(settled);
});

test('a receipt is waited for while something may come, and no longer than a minute', () => {
  const told = { ...none, readers: 2, pushedTo: 2, confirmed: 2, seen: { samples: 2, p50Ms: 9, p99Ms: 12 } };
  expect(isSettled({ ...none, readers: 2 }, false, 5_000)).toBe(false);
  expect(isSettled({ ...told, waiting: 1 }, false, 20_000)).toBe(false);
  expect(isSettled({ ...told, waiting: 1 }, false, 60_000)).toBe(true);
  expect(isSettled(told, false, 2_000)).toBe(false);
  expect(isSettled(told, false, 6_000)).toBe(true);
  expect(isSettled({ ...told, waiting: 1 }, true, 900_000)).toBe(true);
});
