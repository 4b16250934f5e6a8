import { describe, expect, it } from 'vitest';
import { owedTo } from '../src/comforts/correction.js';
import { Memory } from '../src/comforts/memory.js';
import { reckon } from '../src/comforts/reckoning.js';
import { minutesAgo, relativeTime } from '../src/comforts/relative.js';

class Kept implements Storage {
  [name: string]: unknown;
  private readonly items = new Map<string, string>();
  get length(): number { return this.items.size; }
  clear(): void { this.items.clear(); }
  getItem(key: string): string | null { return this.items.get(key) ?? null; }
  key(index: number): string | null { return [...this.items.keys()][index] ?? null; }
  removeItem(key: string): void { this.items.delete(key); }
  setItem(key: string, value: string): void { this.items.set(key, value); }
}

const left = (at: number) => ({ position: 'e:1', at, asOf: at });

describe('the memory of a reader', () => {
  it('keeps from visit to visit where the reader left and what was seen', () => {
    const storage = new Kept();
    const first = new Memory('demo', () => storage);
    expect(first.left).toBeUndefined();
    first.see('a', { revision: 2 });
    first.see('b', { revision: 3, corrected: '2026-11-24T14:00:00.000Z' });
    first.keep(left(5));

    const second = new Memory('demo', () => storage);
    expect(second.left).toEqual(left(5));
    expect(second.seenOf('a')).toEqual({ revision: 2 });
    expect(second.seenOf('b')).toEqual({ revision: 3, corrected: '2026-11-24T14:00:00.000Z' });
    expect(new Memory('other', () => storage).seenOf('a')).toBeUndefined();
  });

  it('never takes an older revision for what was seen', () => {
    const memory = new Memory('demo', () => new Kept());
    memory.see('a', { revision: 3 });
    memory.see('a', { revision: 2 });
    expect(memory.seenOf('a')).toEqual({ revision: 3 });
  });

  it('is bounded: the 300 entries seen last, the 20 feeds read last', () => {
    const storage = new Kept();
    const memory = new Memory('demo', () => storage);
    for (let i = 0; i < 305; i += 1) memory.see(`entry-${String(i)}`, { revision: 1 });
    memory.see('entry-5', { revision: 2 });
    memory.see('entry-305', { revision: 1 });
    expect([memory.seenOf('entry-4'), memory.seenOf('entry-5'), memory.seenOf('entry-6'), memory.seenOf('entry-7')])
      .toEqual([undefined, { revision: 2 }, undefined, { revision: 1 }]);

    for (let i = 0; i < 25; i += 1) new Memory(`feed-${String(i)}`, () => storage).keep(left(i));
    expect(storage.length).toBe(20);
    expect(new Memory('feed-24', () => storage).left).toEqual(left(24));
    expect(new Memory('feed-4', () => storage).left).toBeUndefined();
  });

  it('does without storage that is denied, full or spoilt', () => {
    const denied = new Memory('demo', () => { throw new DOMException('no', 'SecurityError'); });
    denied.see('a', { revision: 1 });
    denied.keep(left(1));
    expect(denied.seenOf('a')).toEqual({ revision: 1 });

    const spoilt = new Kept();
    for (const text of ['{', 'null', '[]', '{"seen":5}']) {
      spoilt.setItem('live-feed:read:demo', text);
      expect(new Memory('demo', () => spoilt).left).toBeUndefined();
    }
  });
});

describe('the word that a reader is owed', () => {
  const correction = { note: 'It was two.', at: '2026-11-24T14:05:00.000Z' };

  it('comes with a correction of what was seen', () => {
    expect(owedTo({ revision: 1 }, { revision: 2, status: 'live', correction })).toBe('corrected');
    expect(owedTo({ revision: 2, corrected: '2026-11-24T14:00:00.000Z' }, { revision: 4, status: 'live', correction })).toBe('corrected');
  });

  it('comes with a withdrawal', () => {
    expect(owedTo({ revision: 1 }, { revision: 2, status: 'retracted' })).toBe('withdrawn');
  });

  it('does not come to who never saw it, saw it corrected, or sees an ordinary edit', () => {
    expect(owedTo(undefined, { revision: 2, status: 'live', correction })).toBeUndefined();
    expect(owedTo({ revision: 2, corrected: correction.at }, { revision: 2, status: 'live', correction })).toBeUndefined();
    expect(owedTo({ revision: 2, corrected: correction.at }, { revision: 3, status: 'live', correction })).toBeUndefined();
    expect(owedTo({ revision: 1 }, { revision: 2, status: 'live' })).toBeUndefined();
  });
});

describe('what happened while a reader was away', () => {
  const at = (minute: number): string => `2026-11-24T14:${String(minute).padStart(2, '0')}:00.000Z`;
  const away = { position: 'e:9', at: 0, asOf: Date.parse(at(10)) };
  const entry = (id: string, published: number, rest = {}) => ({ id, status: 'live' as const, publishedAt: at(published), ...rest });

  it('tells the new from the changed, key events first, the newest on top', () => {
    const { fresh, changed, keyEvents } = reckon(away, [
      entry('old', 5),
      entry('edited', 6, { updatedAt: at(12) }),
      entry('edited before', 7, { updatedAt: at(9) }),
      entry('new', 11),
      entry('key', 12, { keyEvent: true }),
      entry('newer key', 14, { keyEvent: true, updatedAt: at(15) }),
    ]);
    expect(fresh.map(({ id }) => id)).toEqual(['newer key', 'key', 'new']);
    expect(changed.map(({ id }) => id)).toEqual(['edited']);
    expect(keyEvents.map(({ id }) => id)).toEqual(['newer key', 'key']);
  });

  it('counts an entry once, by its last state, and what came and went not at all', () => {
    const { fresh, changed } = reckon(away, [
      entry('twice', 11),
      entry('twice', 11, { updatedAt: at(12) }),
      entry('gone', 13),
      entry('gone', 13, { status: 'retracted', updatedAt: at(14) }),
      entry('withdrawn', 3, { status: 'retracted', updatedAt: at(14) }),
    ]);
    expect(fresh.map(({ id }) => id)).toEqual(['twice']);
    expect(changed.map(({ id }) => id)).toEqual(['withdrawn']);
  });
});

describe('a relative time', () => {
  const now = Date.parse('2026-11-24T14:00:00Z');

  it('is said for the last hour, whole minutes down', () => {
    expect(minutesAgo(now - 59_999, now)).toBe(0);
    expect(minutesAgo(now - 60_000, now)).toBe(1);
    expect(minutesAgo(now - 3_599_999, now)).toBe(59);
    expect(minutesAgo(now - 3_600_000, now)).toBeUndefined();
  });

  it('takes a clock that goes a little ahead for now', () => {
    expect(minutesAgo(now + 30_000, now)).toBe(0);
    expect(minutesAgo(now + 120_000, now)).toBeUndefined();
  });

  it('is said in the language of the page', () => {
    expect(relativeTime('en')(5)).toBe('5 min. ago');
    expect(relativeTime('en')(0)).toBe('now');
    expect(relativeTime('ja')(5)).toBe('5 分前');
    expect(relativeTime('de')(1)).toBe('vor 1 Min.');
  });
});
