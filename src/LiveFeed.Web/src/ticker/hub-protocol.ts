// The JSON form of the SignalR hub protocol, version 1, as far as a ticker needs it: messages are JSON objects, each ended by
// the character 0x1E. See "SignalR Hub Protocol" in the ASP.NET Core repository.

const END = '\u001e';

export const MessageType = { invocation: 1, completion: 3, ping: 6, close: 7 } as const;

/** What the server sends. Kinds that a ticker has no use for are passed over. */
export type HubMessage =
  | { readonly type: 1; readonly target: string; readonly arguments: readonly unknown[] }
  | { readonly type: 3; readonly invocationId: string; readonly result?: unknown; readonly error?: string }
  | { readonly type: 6 }
  | { readonly type: 7; readonly error?: string; readonly allowReconnect?: boolean };

/** The first thing that each side says; the server's answer has an `error` when it refuses. */
export interface HandshakeAnswer {
  readonly error?: string;
}

export const handshake = encode({ protocol: 'json', version: 1 });

export const ping = encode({ type: MessageType.ping });

export function invocation(invocationId: string, target: string, args: readonly unknown[]): string {
  return encode({ type: MessageType.invocation, invocationId, target, arguments: args });
}

/** The messages of one text frame, which may hold several. Throws SyntaxError when the frame isn't what the protocol says. */
export function decode(frame: string): unknown[] {
  // A message that isn't ended loses its closing brace here, and isn't JSON then.
  return frame
    .slice(0, -1)
    .split(END)
    .map((text) => JSON.parse(text) as unknown);
}

function encode(message: unknown): string {
  return JSON.stringify(message) + END;
}
