import { decode, type HandshakeAnswer, handshake, type HubMessage, invocation, MessageType, ping } from './hub-protocol.js';
import { PATIENCE, type Patience, Watchdog } from './watchdog.js';

/** What a connection tells its owner. */
export interface HubEvents {
  /** The handshake is done: calls can be made. */
  opened(): void;
  /** The server called a method of ours. */
  called(target: string, args: readonly unknown[]): void;
  /** Nothing was heard for too long. True when the server should have said something, so that the connection is taken for dead. */
  isDead(): boolean;
  /** It is over, once and for all. `comeBack` is false when the server asked not to be called again soon. */
  closed(comeBack: boolean): void;
}

/** The answer to a call: its result, or the server's refusal in its words. It never comes when the connection ends first. */
export type HubAnswer = (result: unknown, refusal?: string) => void;

/** Milliseconds. */
export interface HubTimes extends Patience {
  /** Our sign of life: a server takes a reader for gone from whom it hears nothing. */
  readonly ping: number;
}

const DEFAULTS: HubTimes = { ...PATIENCE, ping: 15_000 };

/** We said what may not be said (RFC 6455, section 7.4.1): a protocol error, a policy violation, a message too long. */
const FORBIDDING: readonly number[] = [1002, 1008, 1009];

interface Call {
  readonly answer: HubAnswer;
  readonly limit: ReturnType<typeof setTimeout>;
}

/** One connection to a hub, from its opening to its end: a WebSocket without negotiation. It doesn't reconnect. */
export class HubConnection {
  private readonly socket: WebSocket;
  private readonly calls = new Map<string, Call>();
  private calledCount = 0;
  private shaken = false;
  private over = false;
  private readonly pinger: ReturnType<typeof setInterval>;
  private readonly watchdog: Watchdog;

  constructor(
    url: string,
    private readonly events: HubEvents,
    private readonly times = DEFAULTS,
    openSocket: (url: string) => WebSocket = (address) => new WebSocket(address),
  ) {
    this.socket = openSocket(url);
    this.socket.onopen = () => { this.socket.send(handshake); };
    this.socket.onmessage = (event) => { this.receive(event.data); };
    this.socket.onclose = (event) => { this.end(!FORBIDDING.includes(event.code)); };
    this.watchdog = new Watchdog(() => {
      if (!this.shaken || this.events.isDead()) this.end(true);
    }, times);
    this.pinger = setInterval(() => {
      if (this.shaken) this.socket.send(ping);
    }, times.ping);
  }

  get isSilent(): boolean {
    return this.watchdog.isSilent;
  }

  /** Calls a method of the hub. A call that isn't answered in time ends the connection: better a new one than to wait for ever. */
  call(target: string, args: readonly unknown[], answer: HubAnswer): void {
    if (this.over || !this.shaken) return;
    const id = String(++this.calledCount);
    this.calls.set(id, { answer, limit: setTimeout(() => { this.end(true); }, this.times.silence) });
    this.socket.send(invocation(id, target, args));
  }

  /** Ends it; nothing more is told. */
  close(): void {
    this.over = true;
    this.watchdog.stop();
    clearInterval(this.pinger);
    for (const call of this.calls.values()) clearTimeout(call.limit);
    this.calls.clear();
    this.socket.close();
  }

  private receive(data: unknown): void {
    if (this.over) return;
    this.watchdog.heard();
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
    if (this.shaken) this.handle(message as HubMessage);
    else if ((message as HandshakeAnswer).error !== undefined) this.end(false);
    else {
      this.shaken = true;
      this.events.opened();
    }
  }

  private handle(message: HubMessage): void {
    if (message.type === MessageType.invocation) this.events.called(message.target, message.arguments);
    else if (message.type === MessageType.close) this.end(message.allowReconnect === true);
    else if (message.type === MessageType.completion) {
      const call = this.calls.get(message.invocationId);
      if (!call) return;
      this.calls.delete(message.invocationId);
      clearTimeout(call.limit);
      call.answer(message.result, message.error);
    }
  }

  private end(comeBack: boolean): void {
    if (this.over) return;
    this.close();
    this.events.closed(comeBack);
  }
}
