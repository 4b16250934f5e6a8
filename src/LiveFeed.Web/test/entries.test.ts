import { beforeEach, expect, test } from 'vitest';
import english from '../words/en.json';
import { Entries } from '../src/ticker/entries.js';
import type { Entry } from '../src/ticker/entry.js';
import { makeSlot } from '../src/ticker/slot.js';
import { shown } from './shown.js';

let root: HTMLElement;
let told: string[];
let open: boolean;

beforeEach(() => {
  root = document.createElement('div');
  document.body.replaceChildren(root);
  told = [];
  open = true;
});

function entry(id: string, seq: number, changes: Partial<Entry> = {}): Entry {
  return {
    id, feed: 'demo', seq, revision: 1, status: 'live', publishedAt: `2026-11-24T14:${String(id.charCodeAt(0) - 87)}:00.000Z`,
    html: `<article class="entry" id="entry-${id}"><h2>Story ${id} as of ${String(seq)}</h2><a href="/demo/${id}">link</a></article>`,
    ...changes,
  };
}

function withdrawn(id: string, seq: number, note?: string): Entry {
  const { html, ...rest } = entry(id, seq, { status: 'retracted', revision: 2, updatedAt: '2026-11-24T15:00:00.000Z' });
  return html === undefined || note === undefined ? rest : { ...rest, correction: { note, at: '2026-11-24T15:00:00.000Z' } };
}

/** A list that the server rendered. Ids are letters; a later letter was published later. */
function rendered(entries: readonly Entry[], whole: boolean, isTop = true): Entries {
  root.append(...entries.map((entry) => makeSlot(entry, english.ticker.withdrawn)));
  return new Entries(root, { changed: (slot, outcome) => told.push(`${outcome} ${slot.dataset['id'] ?? ''}`), mayShow: (_, isThere) => isThere || open }, whole, english.ticker.withdrawn, isTop);
}

test('shows a change in place and says so', () => {
  const entries = rendered([entry('c', 3), entry('b', 2), entry('a', 1)], true);
  const slot = root.children[1];
  expect(entries.apply(entry('b', 4))).toBe('replaced');
  expect(root.children[1]).toBe(slot);
  expect(slot?.textContent).toContain('Story b as of 4');
  expect(told).toEqual(['replaced b']);
});

test('never shows an older state again', () => {
  const entries = rendered([entry('b', 2), entry('a', 1)], true);
  entries.apply(withdrawn('a', 5));
  expect(entries.apply(entry('a', 4))).toBe('old');
  expect(entries.apply(entry('a', 5))).toBe('old');
  expect(shown(root)).toEqual(['b@2', '-a@5']);
  expect(root.textContent).not.toContain('Story a');
});

test('writes a tombstone\'s note as text, whatever it holds', () => {
  const entries = rendered([entry('a', 1)], true);
  entries.apply(withdrawn('a', 2, '<img src=x onerror=alert(1)> was wrong'));
  expect(root.querySelector('img')).toBeNull();
  expect(root.querySelector('.entry-note')?.textContent).toBe('<img src=x onerror=alert(1)> was wrong');
  expect(root.querySelector<HTMLTimeElement>('.entry-withdrawn time')?.dateTime).toBe('2026-11-24T15:00:00.000Z');
});

test('keeps the keyboard where it was when an entry changes under it', () => {
  const entries = rendered([entry('a', 1)], true);
  root.querySelector('a')?.focus();
  entries.apply(entry('a', 2));
  expect(document.activeElement).toBe(root.querySelector('a'));
});

test('a page of earlier entries shows what has changed meanwhile at its newest', () => {
  const entries = rendered([entry('d', 4), entry('c', 3)], false);
  expect(entries.apply(withdrawn('b', 5))).toBe('below');
  const added = entries.add([entry('b', 2), entry('a', 1)], true);
  expect(shown(root)).toEqual(['d@4', 'c@3', '-b@5', 'a@1']);
  expect(added.map((slot) => slot.dataset['id'])).toEqual(['b', 'a']);
  expect(entries.hasMore).toBe(false);
});

test('a page that lacks an entry of its stretch still brings it, if it was pushed', () => {
  const entries = rendered([entry('e', 5), entry('d', 4)], false);
  entries.apply(entry('c', 6));
  entries.add([entry('b', 2), entry('a', 1)], false);
  expect(shown(root)).toEqual(['e@5', 'd@4', 'c@6', 'b@2', 'a@1']);
});

test('a page that is already here adds nothing and takes nothing away', () => {
  const entries = rendered([entry('d', 4), entry('c', 3), entry('b', 2)], false);
  expect(entries.add([entry('d', 4), entry('c', 3)], false)).toEqual([]);
  expect(entries.apply(entry('b', 5))).toBe('replaced');
  expect(entries.apply(entry('a', 6))).toBe('below');
  expect(shown(root)).toEqual(['d@4', 'c@3', 'b@5']);
});

test('the border stays where it is when its entry is pinned', () => {
  const entries = rendered([entry('d', 4), entry('c', 3)], false);
  entries.apply(entry('c', 5, { pinned: true }));
  expect(entries.apply(entry('b', 6))).toBe('below');
  expect(entries.apply(entry('c', 7))).toBe('replaced');
  expect(shown(root)).toEqual(['d@4', 'c@7']);
});

test('a reset of twenty may have more below it, one of fewer has not', () => {
  const entries = rendered([], true);
  entries.reset(Array.from({ length: 20 }, (_, i) => entry(String.fromCharCode(122 - i), 30 - i)), false);
  expect(entries.hasMore).toBe(true);
  entries.reset([entry('b', 40), entry('a', 39)], true);
  expect(entries.hasMore).toBe(false);
  expect(shown(root)).toEqual(['b@40', 'a@39']);
});

test('what waits follows later edits and withdrawals, and is shown at its newest', () => {
  const entries = rendered([entry('a', 1)], true);
  open = false;
  expect([entry('b', 2), entry('c', 3), entry('b', 4)].map((state) => entries.apply(state))).toEqual(['waiting', 'waiting', 'waiting']);
  expect(entries.apply(withdrawn('c', 5))).toBe('waiting');
  expect(entries.apply(entry('c', 3))).toBe('old');
  expect(shown(root)).toEqual(['a@1']);
  expect(entries.release().map((slot) => slot.dataset['id'])).toEqual(['c', 'b']);
  expect(shown(root)).toEqual(['-c@5', 'b@4', 'a@1']);
});

test('no more than 500 wait, and it is known when more came', () => {
  const entries = rendered([], true);
  open = false;
  for (let i = 1; i <= 501; i++) entries.apply(entry('b', i, { id: `b${String(i)}` }));
  expect([entries.waiting.size, entries.overflown]).toEqual([500, true]);
});

test('the lowest go when there are more than 500, and come back with Show more', () => {
  const many = Array.from({ length: 502 }, (_, i) => entry('b', 600 - i, { id: `b${String(1000 - i)}` }));
  const entries = rendered(many, true);
  expect(entries.cut(() => false)).toBe(false);
  expect(entries.cut(() => true)).toBe(true);
  expect([root.childElementCount, entries.hasMore]).toEqual([500, true]);
  expect(entries.add(many.slice(490), true)).toHaveLength(2);
  expect(root.childElementCount).toBe(502);
});

test('a page from the middle of a feed takes in nothing above its first entry, but what is pinned', () => {
  const entries = rendered([entry('d', 4), entry('b', 2)], true, false);
  expect([entry('e', 5), entry('c', 6), entry('f', 7, { pinned: true }), entry('d', 8)].map((state) => entries.apply(state))).toEqual(['below', 'inserted', 'inserted', 'replaced']);
  expect(shown(root)).toEqual(['f@7', 'd@8', 'c@6', 'b@2']);
});

test('a page of what stands above is put there at its newest, and with the last one news come in again', () => {
  const entries = rendered([entry('b', 2), entry('a', 1)], true, false);
  for (const state of [entry('c', 10), withdrawn('d', 11), entry('f', 12)]) expect(entries.apply(state)).toBe('below');
  expect(entries.add([entry('d', 4), entry('c', 3)], false, true).map((slot) => slot.dataset['id'])).toEqual(['d', 'c']);
  expect(shown(root)).toEqual(['-d@11', 'c@10', 'b@2', 'a@1']);
  entries.add([entry('e', 5)], true, true);
  expect(entries.apply(entry('g', 13))).toBe('inserted');
  expect(shown(root)).toEqual(['g@13', 'f@12', 'e@5', '-d@11', 'c@10', 'b@2', 'a@1']);
});

test('what is dropped is gone, and comes back when it is offered anew', () => {
  const entries = rendered([entry('b', 2), entry('a', 1)], true);
  entries.drop('b');
  expect(shown(root)).toEqual(['a@1']);
  entries.apply(entry('b', 3));
  expect(shown(root)).toEqual(['b@3', 'a@1']);
});
