/** A line that has worked here isn't given up for one failure: nodes go away and networks stutter. */
const TRIES = 3;

/**
 * Which of several ways to the server to try, the best first. One that can't be had makes place for the next; one below the
 * best never stays for good.
 */
export class Ladder {
  /** The way to try, counted from 0, the best. */
  rung = 0;
  private tries = 1;
  private bestWorks = false;
  private looks = 0;

  constructor(private readonly rungs: number) {}

  /** The line works. */
  answered(): void {
    if (this.rung > 0 || this.bestWorks) return;
    this.bestWorks = true;
    this.tries = TRIES;
  }

  /** The line broke, or never came about. `held`: it was a good one for a while. */
  lost(held: boolean): void {
    this.tries = held ? TRIES : this.tries - 1;
    if (this.tries <= 0) this.stand((this.rung + 1) % this.rungs);
  }

  /** Another network: what was found out about the last one says nothing. */
  reset(): void {
    this.stand(0);
  }

  /** A better way to try beside the present one, each in its turn; undefined on the best. */
  better(): number | undefined {
    return this.rung === 0 ? undefined : this.looks++ % this.rung;
  }

  /** The line in use is this one now. */
  stand(rung: number): void {
    this.rung = rung;
    this.tries = rung === 0 && this.bestWorks ? TRIES : 1;
  }
}
