import { randomUUID } from 'node:crypto';
import type { EntryPage } from '../src/ticker/entry.js';

/** How long items took, in milliseconds, shortest first; and how many were not answered with 201. */
export interface Times {
  readonly took: readonly number[];
  readonly failed: number;
}

/** A desk that publishes at a steady pace, and how long each item took from its POST to the answer. */
export class Newsroom {
  private readonly took: number[] = [];
  private failed = 0;
  private readonly under = new Set<Promise<void>>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly server: URL,
    private readonly key: string,
    readonly feed: string,
  ) {}

  async open(): Promise<void> {
    const response = await this.send('/api/feeds', { slug: this.feed, title: 'Readers who come back' });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Publishes every so many milliseconds until `stop`. */
  start(every: number): void {
    this.timer = setInterval(() => {
      const item = this.publish().finally(() => this.under.delete(item));
      this.under.add(item);
    }, every);
  }

  /** Publishes no more; what is under way is waited for. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.under);
  }

  /** The times of all since the last call. */
  times(): Times {
    const { failed } = this;
    this.failed = 0;
    return { took: this.took.splice(0).sort((a, b) => a - b), failed };
  }

  async newest(): Promise<EntryPage> {
    return (await (await fetch(new URL(`/api/feeds/${this.feed}/entries?limit=100`, this.server))).json()) as EntryPage;
  }

  private async publish(): Promise<void> {
    const from = performance.now();
    const response = await this.send(`/api/feeds/${this.feed}/entries`, { headline: 'The bridge is open again', body: 'Traffic moves. '.repeat(20) });
    if (response.status === 201) this.took.push(performance.now() - from);
    else this.failed += 1;
    await response.text();
  }

  private async send(path: string, body: object): Promise<Response> {
    return await fetch(new URL(path, this.server), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}`, 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
  }
}
