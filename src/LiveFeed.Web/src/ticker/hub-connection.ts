import { decode, type HandshakeAnswer, handshake, type HubMessage, invocation, MessageType, ping } from './hub-protocol.js';

/** What a connection tells its owner. */
export interface HubEvents {
  /** The handshake is done: calls can be made. */
  opened(): void;
  /** The server called a method of ours. */
  called(target: string, args: readonly unknown[]): void;
  /** It is over, once and for all. `comeBack` is false when the server asked not to be called again soon. */
  closed(comeBack: boolean): void;
}

/** Milliseconds. A side that says nothing for `timeout` is taken for dead; so we say something every `ping`. */
export interface HubTimes {
  readonly ping: number;
  readonly timeout: number;
}

const DEFAULTS: HubTimes = { ping: 15_000, timeout: 30_000 };

/** The server's refusal of a call, in its words. */
export class HubError extends Error {}

interface Call {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** One connection to a hub, from its opening to its end: a WebSocket without negotiation. It doesn't reconnect. */
export class HubConnection {
  private readonly socket: WebSocket;
  private readonly calls = new Map<string, Call>();
  private calledCount = 0;
  private shaken = false;
  private over = false;
  private heardAt = Date.now();
  private readonly pinger: ReturnType<typeof setInterval>;
  private watchdog: ReturnType<typeof setTimeout>;

  constructor(
    url: string,
    private readonly events: HubEvents,
    private readonly times: HubTimes = DEFAULTS,
    openSocket: (url: string) => WebSocket = (address) => new WebSocket(address),
  ) {
    this.socket = openSocket(url);
    this.socket.onopen = () => { this.socket.send(handshake); };
    this.socket.onmessage = (event) => { this.receive(event.data); };
    this.socket.onclose = () => { this.end(true); };
    this.watchdog = setTimeout(this.tooQuiet, times.timeout);
    this.pinger = setInterval(() => {
      if (this.shaken) this.socket.send(ping);
    }, times.ping);
  }

  /** True when the server has been silent for longer than it ever should: timers of a frozen tab may not have noticed. */
  get isStale(): boolean {
    return Date.now() - this.heardAt > this.times.timeout;
  }

  /**
   * Calls a method of the hub. Rejects with HubError when the server refuses, with Error when the connection ends first.
   * A call that isn't answered in time ends the connection: better a new one than to wait for ever.
   */
  async call(target: string, ...args: readonly unknown[]): Promise<unknown> {
    if (this.over || !this.shaken) throw new Error('There is no connection.');
    const id = String(++this.calledCount);
    const limit = setTimeout(() => { this.end(true); }, this.times.timeout);
    try {
      return await new Promise((resolve, reject) => {
        this.calls.set(id, { resolve, reject });
        this.socket.send(invocation(id, target, args));
      });
    } finally {
      clearTimeout(limit);
    }
  }

  /** Ends it. `closed` is told. */
  close(): void {
    this.end(true);
  }

  private readonly tooQuiet = (): void => { this.end(true); };

  private receive(data: unknown): void {
    if (this.over) return;
    this.heardAt = Date.now();
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(this.tooQuiet, this.times.timeout);
    try {
      for (const message of decode(String(data))) this.take(message);
    } catch (error) {
      // Whatever this server speaks, it isn't the protocol. The connection ends in order; the fault is told to whoever looks.
      this.end(true);
      reportError(error);
    }
  }

  private take(message: unknown): void {
    // The message before may have ended the connection.
    if (this.over) return;
    if (!this.shaken) this.shakeHands(message as HandshakeAnswer);
    else this.handle(message as HubMessage);
  }

  private shakeHands(answer: HandshakeAnswer): void {
    if (answer.error !== undefined) {
      this.end(false);
      return;
    }
    this.shaken = true;
    this.events.opened();
  }

  private handle(message: HubMessage): void {
    if (message.type === MessageType.invocation) this.events.called(message.target, message.arguments);
    else if (message.type === MessageType.close) this.end(message.allowReconnect === true);
    else if (message.type === MessageType.completion) {
      const call = this.calls.get(message.invocationId);
      this.calls.delete(message.invocationId);
      if (message.error === undefined) call?.resolve(message.result);
      else call?.reject(new HubError(message.error));
    }
  }

  private end(comeBack: boolean): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.watchdog);
    clearInterval(this.pinger);
    this.socket.close();
    for (const call of this.calls.values()) call.reject(new Error('The connection was lost.'));
    this.calls.clear();
    this.events.closed(comeBack);
  }
}
