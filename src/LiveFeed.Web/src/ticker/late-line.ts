import type { Follower, Line, LineEvents, LineKind, OpenLine } from './line.js';

/** A line whose code is loaded when it is wanted: most readers never need it. */
export class LateLine implements Line {
  private line: Line | undefined;
  private over = false;

  constructor(
    readonly kind: LineKind,
    load: () => Promise<OpenLine>,
    events: LineEvents,
  ) {
    load()
      .then((open) => { if (!this.over) this.line = open(events); })
      .catch(() => { if (!this.over) events.closed(0); });
  }

  get isSilent(): boolean {
    return this.line?.isSilent === true;
  }

  follow(follower: Follower, position: string | null): void {
    this.line?.follow(follower, position);
  }

  unfollow(follower: Follower): void {
    this.line?.unfollow(follower);
  }

  close(): void {
    this.over = true;
    this.line?.close();
  }
}
