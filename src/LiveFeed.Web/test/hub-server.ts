import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const END = '\u001e';

/** A server that speaks the hub protocol's frames over real sockets, and does with each connection what the test says. */
export class HubServer {
  private readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  private readonly waiting: ((connection: ServerConnection) => void)[] = [];
  private readonly arrived: ServerConnection[] = [];

  constructor() {
    this.server.on('connection', (socket) => {
      const connection = new ServerConnection(socket);
      const taker = this.waiting.shift();
      if (taker) taker(connection);
      else this.arrived.push(connection);
    });
  }

  async url(): Promise<string> {
    if (!this.server.address()) await new Promise((resolve) => this.server.once('listening', resolve));
    return `ws://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/hubs/ticker`;
  }

  /** The next connection that comes, or one that came already. */
  async next(): Promise<ServerConnection> {
    return this.arrived.shift() ?? new Promise((resolve) => this.waiting.push(resolve));
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}

/** The server's end of one connection. */
export class ServerConnection {
  readonly closed: Promise<unknown>;
  private readonly received: unknown[] = [];
  private readonly waiting: ((message: unknown) => void)[] = [];

  constructor(private readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      for (const text of (data as Buffer).toString().split(END).filter(Boolean)) {
        const message = JSON.parse(text) as unknown;
        const taker = this.waiting.shift();
        if (taker) taker(message);
        else this.received.push(message);
      }
    });
  }

  /** The next message of the client. */
  read(): Promise<unknown> {
    return this.received.length > 0 ? Promise.resolve(this.received.shift()) : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Sends messages, all of them in one frame. */
  send(...messages: unknown[]): void {
    this.socket.send(messages.map((message) => JSON.stringify(message) + END).join(''));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Reads the handshake and agrees. */
  async shakeHands(): Promise<unknown> {
    const handshake = await this.read();
    this.send({});
    return handshake;
  }

  /** Closes the WebSocket in order, with this code. */
  end(code: number): void {
    this.socket.close(code);
  }

  /** Cuts the line without a word. */
  cut(): void {
    this.socket.terminate();
  }
}
