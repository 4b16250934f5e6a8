import type { TickerView } from '../ticker/ticker-view.js';
import { owedTo } from './correction.js';
import { make } from '../dom.js';
import type { Memory } from './memory.js';
import type { Notices } from './notices.js';
import { linkTo, type Standing } from './slots.js';
import type { Say } from './say.js';

/** Tells who has read something that it was wrong. */
export class Corrections {
  /** What each notice on the page tells of: the correction's or the withdrawal's time. */
  private readonly told = new Map<string, string>();

  constructor(
    private readonly view: TickerView,
    private readonly memory: Memory,
    private readonly notices: Notices,
    private readonly say: Say,
  ) {}

  /** This is the state that an entry is in now. */
  check(entry: Standing): void {
    const owed = owedTo(this.memory.seenOf(entry.id), entry);
    const key = `correction-${entry.id}`;
    if (owed === undefined) {
      // What a notice quotes of an entry goes with it.
      if (entry.status === 'retracted' && this.told.delete(entry.id)) this.notices.drop(key);
      return;
    }
    const at = entry.correction?.at ?? entry.updatedAt ?? '';
    if (this.told.get(entry.id) === `${owed} ${at}`) return;
    this.told.set(entry.id, `${owed} ${at}`);

    const title = this.say(owed === 'corrected' ? 'corrected' : 'withdrawn');
    const link = linkTo(this.view, entry.id, entry.headline ?? this.say('toItem'));
    const note = entry.correction?.note;
    this.notices.show(key, make('p', {}, make('strong', { textContent: title }), ' ', ...(note === undefined ? [] : [make('bdi', { textContent: note }), ' ']), link), () => {
      this.told.delete(entry.id);
      this.memory.see(entry.id, { revision: entry.revision, ...(entry.correction && { corrected: entry.correction.at }) });
    });
    this.view.announce(note === undefined ? title : `${title} ${note}`);
  }
}
