import { clock } from '../ticker/language.js';
import type { ChangedDetail, TickerView } from '../ticker/ticker-view.js';
import { CatchUpNotice, changesSince } from './catch-up.js';
import { Corrections } from './corrections.js';
import type { Left, Memory } from './memory.js';
import { Notices } from './notices.js';
import type { Say } from './say.js';
import type { Standing } from './slots.js';

/** Tells a reader what they missed: corrections of what they read, and what came while they were away. */
export class Telling {
  private readonly notices: Notices;
  private readonly corrections: Corrections;
  private catchUp: CatchUpNotice | undefined;

  constructor(
    private readonly view: TickerView,
    memory: Memory,
    private readonly say: Say,
  ) {
    this.notices = new Notices(view, say('dismiss'));
    this.corrections = new Corrections(view, memory, this.notices, say);
  }

  /** An entry came, or changed. */
  follow(entry: Standing, change: ChangedDetail['change']): void {
    this.corrections.check(entry);
    this.catchUp?.follow(entry);
    if (change === 'loaded') this.catchUp?.mark();
  }

  /** The reader is back. */
  async comeBack(left: Left): Promise<void> {
    const changes = await changesSince(this.view, left.position);
    for (const change of changes) this.corrections.check(change);
    this.catchUp?.end();
    this.catchUp = new CatchUpNotice(this.view, this.notices, this.say, left, (time) => clock(new Date(time), this.view.language), changes);
    this.catchUp.begin();
  }
}
