import type { Follower, Line, LineEvents, LineKind } from './line.js';
import { Trouble } from './reading.js';
import { PATIENCE } from './watchdog.js';

/** A line of ordinary requests, with those of each feed apart. One that fails ends the whole line. */
export abstract class FetchLine implements Line {
  abstract readonly kind: LineKind;
  protected readonly served = new Map<Follower, AbortController>();
  private heardAt = Date.now();
  private over = false;

  constructor(
    protected readonly server: URL,
    private readonly events: LineEvents,
  ) {
    queueMicrotask(() => {
      if (!this.over) events.opened();
    });
  }

  get isSilent(): boolean {
    return Date.now() - this.heardAt > PATIENCE.silence;
  }

  follow(follower: Follower, position: string | null): void {
    this.unfollow(follower);
    const controller = new AbortController();
    this.served.set(follower, controller);
    void this.run(follower, position, controller.signal);
  }

  unfollow(follower: Follower): void {
    this.served.get(follower)?.abort();
    this.served.delete(follower);
  }

  close(): void {
    this.over = true;
    [...this.served.keys()].forEach((follower) => { this.unfollow(follower); });
  }

  /** Tells the follower what comes after the position, until the signal. Throws a Trouble that is a refusal, or anything else to end the line. */
  protected abstract serve(follower: Follower, position: string | null, signal: AbortSignal): Promise<void>;

  /** Something came from the server: the line works. */
  protected heard(refused = false): void {
    this.heardAt = Date.now();
    this.events.answered(refused);
  }

  /** Ends it; nothing that it still waits for is told. */
  protected end(pause = 0): void {
    if (this.over) return;
    this.close();
    this.events.closed(pause);
  }

  private async run(follower: Follower, position: string | null, signal: AbortSignal): Promise<void> {
    try {
      await this.serve(follower, position, signal);
    } catch (error) {
      if (signal.aborted) return;
      const trouble = error instanceof Trouble ? error : undefined;
      if (trouble?.refusal !== undefined) {
        this.heard(true);
        if (this.served.has(follower)) follower.refused(trouble.refusal);
        return;
      }
      this.end(trouble?.pause);
      // A network that fails is a TypeError of the browser's; anything else is a fault, told to whoever looks.
      if (!(error instanceof TypeError)) reportError(error);
    }
  }
}
