/** A block of an event stream: an event, or, with nothing but a `comment`, a sign of life. */
export interface StreamEvent {
  readonly event?: string;
  readonly id?: string;
  readonly data?: string;
  readonly comment?: string;
}

/**
 * Cuts the text of an event stream into its blocks, however it comes in pieces (WHATWG HTML, section 9.2; of the line ends only
 * the one that our server writes). The browser's own
 * EventSource keeps to itself what a ticker must know: the comments that tell a quiet line from a dead one, and why it was refused.
 */
export class EventStream {
  private rest = '';

  /** Takes in what came; the blocks that are whole now. */
  read(text: string): StreamEvent[] {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(parse);
  }
}

function parse(block: string): StreamEvent {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    // A server may break its data into lines; ours writes JSON, in which a line's end is white space.
    if (name === 'data') fields[name] = (fields[name] ?? '') + value;
    else fields[name === undefined || name === '' ? 'comment' : name] = value;
  }
  return fields;
}
