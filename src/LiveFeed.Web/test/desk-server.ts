import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A desk API that answers as the test says, one reply a request; `undefined` cuts the line instead. */
export class DeskServer {
  readonly received: Received[] = [];
  readonly replies: (Reply | undefined)[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      this.received.push({ method: request.method, path: request.url, headers: request.headers, body });
      const reply = this.replies.shift();
      if (!reply) {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, { 'content-type': reply.status < 400 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(reply.body ?? {}));
    });
  });

  async url(): Promise<string> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/desk`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  get keys(): Set<string | string[] | undefined> {
    return new Set(this.received.map(({ headers }) => headers['idempotency-key']));
  }
}
