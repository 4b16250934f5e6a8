import type { Entry, Followed } from '../src/ticker/entry.js';
import type { Follower, LineEvents } from '../src/ticker/line.js';

/** An entry of the feed `demo` as it stood at `seq`. */
export function entryAt(seq: number): Entry {
  return { id: `entry-${String(seq)}`, feed: 'demo', seq, revision: 1, status: 'live', publishedAt: '2026-11-24T14:00:00.000Z', html: '<article></article>' };
}

/** A follower that writes down what it is told. It stands where it was told to; a test sets anything else. */
export class NotedFollower implements Follower {
  readonly notes: string[] = [];
  position: string | null = null;

  constructor(readonly feed = 'demo') {}

  opened(): void { this.notes.push('opened'); }
  lost(): void { this.notes.push('lost'); }
  refused(reason: string): void { this.notes.push(`refused: ${reason}`); }
  told(position: string): void { this.notes.push(`told ${position}`); }

  followed({ position, reset, entries }: Followed): void {
    this.position = position;
    this.notes.push(`${reset ? 'reset' : 'followed'} ${position} [${entries.map(({ seq }) => seq).join(' ')}]`);
  }

  updated({ seq }: Entry, previous: number): void {
    this.notes.push(`updated ${String(previous)}→${String(seq)}`);
  }
}

/** What a line told the one who opened it. */
export class NotedEvents implements LineEvents {
  readonly told: string[] = [];

  opened(): void { this.told.push('opened'); }
  answered(): void { if (this.told.at(-1) !== 'answered') this.told.push('answered'); }
  leaving(milliseconds: number): void { this.told.push(`leaving in ${String(milliseconds)}`); }
  closed(pause: number): void { this.told.push(`closed for ${String(pause)}`); }
}
