import { randomUUID } from 'node:crypto';

/** A desk that speaks HTTP to a running server. */
export class Newsroom {
  constructor(server, key, feed) {
    Object.assign(this, { server, key, feed });
  }

  /** Creates the feed. */
  async open(title) {
    await this.send('POST', '/api/feeds', { slug: this.feed, title });
  }

  async publish(item) {
    return await this.send('POST', `/api/feeds/${this.feed}/entries`, item);
  }

  async edit(entry, fields) {
    return await this.send('PATCH', `/api/feeds/${this.feed}/entries/${entry.id}`, fields, entry.revision);
  }

  async correct(entry, fields) {
    return await this.send('POST', `/api/feeds/${this.feed}/entries/${entry.id}/correction`, fields, entry.revision);
  }

  /** How many items readers see, 100 at most. */
  async count() {
    return (await (await fetch(new URL(`/api/feeds/${this.feed}/entries?limit=100`, this.server))).json()).entries.length;
  }

  async send(method, path, body, revision) {
    const response = await fetch(new URL(path, this.server), {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.key}`,
        'idempotency-key': randomUUID(),
        ...(revision !== undefined && { 'if-match': `"${revision}"` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
}
