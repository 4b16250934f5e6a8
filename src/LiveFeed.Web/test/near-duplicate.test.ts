import { expect, test } from 'vitest';
import type { Entry } from '../src/desk/entry.js';
import { nearDuplicate } from '../src/desk/near-duplicate.js';

const now = Date.parse('2026-11-27T14:00:00Z');

function entry(headline: string, more: Partial<Entry> = {}): Entry {
  return { id: headline, feed: 'demo', seq: 1, revision: 1, status: 'live', publishedAt: '2026-11-27T13:40:00Z', headline, ...more };
}

test.each([
  ['en', 'Three hurt in harbour fire', 'Three hurt in the harbour fire'],
  ['en', 'FERRY RUNS AGROUND, nobody hurt', 'Ferry runs aground; nobody hurt'],
  ['uk', 'Пором сів на мілину біля порту', 'Пором сів на мілину біля старого порту'],
  ['ar', 'العبّارة تجنح قرب الميناء', 'العبّارة تجنح قرب الميناء القديم'],
  ['ja', '港の火災で三人が負傷した', '港の火災で三人が負傷'],
])('in %s "%s" is nearly "%s"', (language, mine, theirs) => {
  expect(nearDuplicate({ headline: mine }, [entry('Quite another thing happened'), entry(theirs)], language, now)?.headline).toBe(theirs);
});

test.each([
  ['Three hurt in harbour fire', 'Two killed on the northern motorway'],
  ['Minister resigns over the budget', 'Minister defends the budget in parliament'],
  ['Update', 'Update'],
])('"%s" is not "%s"', (mine, theirs) => {
  expect(nearDuplicate({ headline: mine }, [entry(theirs)], 'en', now)).toBeUndefined();
});

test('what is withdrawn or of yesterday is no duplicate', () => {
  const same = 'Three hurt in harbour fire';
  expect(nearDuplicate({ headline: same }, [entry(same, { status: 'retracted' }), entry(same, { publishedAt: '2026-11-26T14:00:00Z' })], 'en', now)).toBeUndefined();
});

test('without a headline the text counts', () => {
  const said = entry('x', { headline: undefined, body: 'The harbour is closed until noon.' });
  expect(nearDuplicate({ body: 'The harbour is closed until noon' }, [said], 'en', now)).toBe(said);
});
