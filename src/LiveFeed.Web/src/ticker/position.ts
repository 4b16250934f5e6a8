/** What a reader has seen of a feed: everything up to and with `seq` in the log named `epoch`. Written `epoch:seq`. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

const FORM = /^([A-Za-z0-9]{1,32}):(\d{1,15})$/;

/** Reads `epoch:seq`; undefined for anything else. */
export function parsePosition(text: string | null | undefined): Position | undefined {
  const [, epoch, seq] = FORM.exec(text ?? '') ?? [];
  return epoch === undefined || seq === undefined ? undefined : { epoch, seq: Number(seq) };
}

/** Writes a position as the server reads it. */
export function formatPosition(position: Position): string {
  return `${position.epoch}:${String(position.seq)}`;
}

/** True when who stands at `a` has seen less than who stands at `b`. Positions of two logs can't be compared. */
export function isBehind(a: Position, b: Position): boolean {
  return a.epoch === b.epoch && a.seq < b.seq;
}
