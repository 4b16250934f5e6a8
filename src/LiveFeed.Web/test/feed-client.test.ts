import { expect, test } from 'vitest';
import english from '../words/en.json';
import { Entries } from '../src/ticker/entries.js';
import type { Entry, Followed } from '../src/ticker/entry.js';
import { FeedClient } from '../src/ticker/feed-client.js';
import { formatPosition, parsePosition } from '../src/ticker/position.js';
import { makeSlot } from '../src/ticker/slot.js';
import { shown } from './shown.js';
import follow from './vectors/follow.json' with { type: 'json' };

interface Step {
  readonly opened?: true;
  readonly lost?: true;
  readonly refused?: true;
  readonly answer?: Followed;
  readonly updated?: readonly [Entry, number];
  readonly told?: string;
  readonly pass?: number;
}

interface Vector {
  readonly name: string;
  readonly start?: { readonly position: string; readonly entries: readonly Entry[]; readonly next?: string };
  readonly steps: readonly Step[];
  readonly asked: readonly (string | null)[];
  readonly position: string | null;
  readonly list: readonly string[];
}

/** A clock that goes on only when told. */
class Clock {
  private now = 0;
  private plans: { at: number; action: () => void }[] = [];

  later(milliseconds: number, action: () => void): void {
    this.plans.push({ at: this.now + milliseconds, action });
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.plans.filter((plan) => plan.at <= this.now);
    this.plans = this.plans.filter((plan) => plan.at > this.now);
    due.forEach((plan) => { plan.action(); });
  }
}

const vectors = follow.vectors as unknown as readonly Vector[];

test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
  const root = document.createElement('div');
  root.append(...(vector.start?.entries ?? []).map((entry) => makeSlot(entry, english.ticker.withdrawn)));
  const entries = new Entries(root, { changed: () => undefined, mayShow: () => true }, vector.start?.next === undefined, english.ticker.withdrawn);
  const clock = new Clock();
  const asked: (string | null)[] = [];
  const client = new FeedClient(
    { reset: (newest) => { entries.reset(newest, newest.length < 20); }, apply: (entry) => { entries.apply(entry); } },
    { follow: (position) => { asked.push(position); }, later: (milliseconds, action) => { clock.later(milliseconds, action); } },
    parsePosition(vector.start?.position),
    () => 0.999_999,
  );

  for (const step of vector.steps) {
    if (step.opened) client.opened();
    if (step.lost) client.lost();
    if (step.refused) client.refused();
    if (step.answer) client.followed(step.answer);
    if (step.updated) client.updated(...step.updated);
    if (step.told !== undefined) client.told(step.told);
    if (step.pass !== undefined) clock.pass(step.pass);
  }

  expect(asked).toEqual(vector.asked);
  expect(client.position ? formatPosition(client.position) : null).toBe(vector.position);
  expect(shown(root)).toEqual(vector.list);
});
