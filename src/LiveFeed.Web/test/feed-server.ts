import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reader's request, and its answer as the test writes it. */
export class Asked {
  readonly gone: Promise<unknown>;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    this.gone = new Promise((resolve) => response.once('close', resolve));
  }

  get path(): string {
    return decodeURIComponent(this.request.url ?? '');
  }

  /** The whole answer. */
  answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    this.response.writeHead(status, { 'content-type': type, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  /** Begins, or goes on with, a stream of server-sent events. */
  stream(text: string): void {
    if (!this.response.headersSent) this.response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.response.write(text);
  }

  /** Ends the stream in order. */
  end(): void {
    this.response.end();
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.response.destroy();
  }
}

/** A server on a real socket that answers each request as the test says. */
export class FeedServer {
  private readonly asked: Asked[] = [];
  private readonly waiting: ((asked: Asked) => void)[] = [];
  private readonly server: Server = createServer((request, response) => {
    const asked = new Asked(request, response);
    const taker = this.waiting.shift();
    if (taker) taker(asked);
    else this.asked.push(asked);
  });

  async address(): Promise<URL> {
    if (!this.server.listening) await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return new URL(`http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/`);
  }

  /** The next request that comes, or one that came already. */
  async next(): Promise<Asked> {
    return this.asked.shift() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  /** How many requests came that no test took. */
  get left(): number {
    return this.asked.length;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
