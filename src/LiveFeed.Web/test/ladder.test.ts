import { expect, test } from 'vitest';
import { Ladder } from '../src/ticker/ladder.js';

/** The ways tried at the first attempt and after each failure. */
function tried(ladder: Ladder, failures: number): number[] {
  return [ladder.rung, ...Array.from({ length: failures }, () => {
    ladder.lost(false);
    return ladder.rung;
  })];
}

test('steps down at the first failure where nothing has worked yet, and round again', () => {
  expect(tried(new Ladder(3), 6)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test('gives the best three tries where it has worked', () => {
  const ladder = new Ladder(3);
  ladder.answered();
  expect(tried(ladder, 10)).toEqual([0, 0, 0, 1, 2, 0, 0, 0, 1, 2, 0]);
});

test('stays with a lower one that held, for as long as it can be had', () => {
  const ladder = new Ladder(3);
  ladder.lost(false);
  ladder.answered();
  ladder.lost(true);
  expect(tried(ladder, 3)).toEqual([1, 1, 1, 2]);
});

test('steps down from the best when it answers, but never holds', () => {
  const ladder = new Ladder(3);
  for (let i = 0; i < 3; i++) {
    expect(ladder.rung).toBe(0);
    ladder.answered();
    ladder.lost(false);
  }
  expect(ladder.rung).toBe(1);
});

test('looks at each better one in its turn, and at none on the best', () => {
  const ladder = new Ladder(3);
  expect(ladder.better()).toBeUndefined();
  ladder.stand(2);
  expect([ladder.better(), ladder.better(), ladder.better()]).toEqual([0, 1, 0]);
  ladder.stand(1);
  expect([ladder.better(), ladder.better()]).toEqual([0, 0]);
});

test('begins at the best again on another network', () => {
  const ladder = new Ladder(3);
  ladder.stand(2);
  ladder.reset();
  expect(tried(ladder, 1)).toEqual([0, 1]);
});
