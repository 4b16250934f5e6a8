import { expect, test } from 'vitest';
import { writeOf } from '../src/desk/draft.js';
import type { Entry, Fields } from '../src/desk/entry.js';
import { merge } from '../src/desk/merge.js';

const base: Fields = { kind: 'update', headline: 'Six cranes', body: 'All at work.', tags: ['port'], pinned: false, keyEvent: false };
const entry: Entry = { id: 'e', feed: 'demo', seq: 9, revision: 4, status: 'live', publishedAt: '2026-11-24T14:00:00.000Z', ...base };

test('two people who change different things both have their way', () => {
  const { fields, disputed } = merge(base, { ...base, headline: 'Five cranes' }, { ...base, pinned: true, tags: ['port', 'cranes'] });
  expect(fields).toMatchObject({ headline: 'Five cranes', pinned: true, tags: ['port', 'cranes'], body: 'All at work.' });
  expect(disputed).toEqual([]);
});

test('what both changed is mine for now, and disputed', () => {
  const { fields, disputed } = merge(base, { ...base, headline: 'Five cranes' }, { ...base, headline: 'Four cranes' });
  expect(fields.headline).toBe('Five cranes');
  expect(disputed).toEqual(['headline']);
});

test('the same change twice is no dispute', () => {
  expect(merge(base, { ...base, body: undefined }, { ...base, body: undefined }).disputed).toEqual([]);
});

test('an edit sends what changed, null for what was emptied', () => {
  const draft = { feed: 'demo', task: 'edit', entry, base, fields: { ...base, headline: undefined, pinned: true }, note: '', minor: true } as const;
  expect(writeOf(draft, 'its-id')).toEqual({ method: 'PATCH', path: '/api/feeds/demo/entries/e', revision: 4, body: { headline: null, pinned: true, minor: true } });
});

test('an edit that changes nothing is not sent', () => {
  expect(writeOf({ feed: 'demo', task: 'edit', entry, base, fields: { ...base }, note: '', minor: false }, 'its-id')).toBeUndefined();
});

test('a body that was written as HTML is sent as HTML', () => {
  const html: Entry = { ...entry, bodyFormat: 'html' };
  expect(writeOf({ feed: 'demo', task: 'edit', entry: html, base, fields: { ...base, body: '<p>New</p>' }, note: '', minor: false }, 'its-id')?.body)
    .toEqual({ body: '<p>New</p>', bodyFormat: 'html' });
});

test('a correction may change nothing but what is said of it', () => {
  expect(writeOf({ feed: 'demo', task: 'correct', entry, base, fields: base, note: ' The hour was wrong. ', minor: false }, 'its-id'))
    .toEqual({ method: 'POST', path: '/api/feeds/demo/entries/e/correction', revision: 4, body: { note: 'The hour was wrong.' } });
});

test('a new item leaves out what is not there', () => {
  expect(writeOf({ feed: 'demo', task: 'new', base: {}, fields: { kind: 'update', headline: 'Now', body: undefined, pinned: false, keyEvent: true }, note: '', minor: false }, 'its-id'))
    .toEqual({ method: 'POST', path: '/api/feeds/demo/entries', body: { id: 'its-id', kind: 'update', headline: 'Now', keyEvent: true } });
});
