/** Milliseconds. */
export interface Patience {
  /** For the first word. A proxy that swallows what it doesn't know never answers. */
  readonly opening: number;
  /** For every further one. The server says something every 10 s. */
  readonly silence: number;
  /** The last part of either, after which alone there is a verdict: a tab that slept has its messages still to read. */
  readonly breath: number;
}

export const PATIENCE: Patience = { opening: 6_000, silence: 20_000, breath: 1_000 };

/**
 * Tells when a line has been silent for too long. It goes by the time at which something was last heard, and not by its own
 * timers: those run late in hidden tabs, once a minute or less.
 */
export class Watchdog {
  private heardAt = Date.now();
  private limit: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `silent` is told again as long as the silence lasts; who has had enough stops the watchdog. */
  constructor(
    private readonly silent: () => void,
    private readonly patience = PATIENCE,
  ) {
    this.limit = patience.opening;
    this.look();
  }

  get isSilent(): boolean {
    return Date.now() - this.heardAt >= this.limit;
  }

  heard(): void {
    this.heardAt = Date.now();
    this.limit = this.patience.silence;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private look(): void {
    const { breath } = this.patience;
    this.timer = setTimeout(() => {
      this.timer = setTimeout(() => {
        const { isSilent } = this;
        this.look();
        if (isSilent) this.silent();
      }, breath);
    }, this.limit - breath - ((Date.now() - this.heardAt) % this.limit));
  }
}
