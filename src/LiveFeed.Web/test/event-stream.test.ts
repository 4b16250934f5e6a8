import { expect, test } from 'vitest';
import { EventStream } from '../src/ticker/event-stream.js';
import stream from './vectors/stream.json' with { type: 'json' };

test.each(stream.vectors.map((vector) => [vector.name, vector] as const))('%s', (_, { text, blocks }) => {
  expect(new EventStream().read(text)).toEqual(blocks);

  const piecemeal = new EventStream();
  expect(Array.from(text).flatMap((letter) => piecemeal.read(letter))).toEqual(blocks);
});
