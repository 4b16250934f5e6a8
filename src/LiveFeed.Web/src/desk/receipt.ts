import { make } from '../dom.js';
import { entriesPath } from './api.js';
import type { Entry } from './entry.js';
import { request } from './request.js';
import { say, words } from './words.js';

const { receipt: texts } = words;

/** How far a change has come, as the server tells it. */
export interface Receipt {
  readonly acceptedMs?: number;
  readonly readers: number;
  readonly pushedTo: number;
  readonly confirmed: number;
  readonly waiting: number;
  readonly seen: { readonly samples: number; readonly p50Ms?: number; readonly p99Ms?: number };
}

/** Milliseconds. The ticker nodes report once a second. */
const LOOK_EVERY = 1_000;
const NOBODY_AFTER = 4_000;
const SETTLED_AFTER = 6_000;
const UNTIL = 60_000;
/** A withdrawn item is looked after until every screen has confirmed, or for so long. */
const WITHDRAWN_UNTIL = 900_000;

function lasting(milliseconds: number): string {
  return milliseconds < 10_000 ? say(texts.milliseconds, { n: milliseconds }) : say(texts.seconds, { n: Math.round(milliseconds / 1_000) });
}

function begun(isWithdrawn: boolean, took: number | undefined): string {
  if (took === undefined) return isWithdrawn ? texts.withdrawn : texts.live;
  return say(isWithdrawn ? texts.withdrawnAfter : texts.liveAfter, { time: lasting(took) });
}

/** A receipt in words; `took` is how long the writer waited, in milliseconds, `age` how long ago that was. */
export function receiptInWords({ readers, pushedTo, confirmed, waiting, seen }: Receipt, isWithdrawn: boolean, took: number | undefined, age: number): string {
  const told = [begun(isWithdrawn, took)];
  if (pushedTo === 0 && waiting === 0) {
    if (readers === 0 && age >= NOBODY_AFTER) told.push(texts.nobody);
  } else if (isWithdrawn) {
    const asked = confirmed + waiting;
    if (asked > 0) told.push(waiting === 0 && asked > 1 ? say(texts.allConfirmed, { n: asked }) : say(texts.confirmed, { n: asked, confirmed }));
    // Programs, and those who have just come, are told and say nothing.
    if (readers > asked) told.push(say(texts.told, { n: readers - asked }));
  } else {
    told.push(say(texts.on, { n: pushedTo }));
    const { samples, p50Ms, p99Ms } = seen;
    if (samples === 1 && p50Ms !== undefined) told.push(say(texts.seenOnce, { time: lasting(p50Ms) }));
    else if (p50Ms !== undefined && p99Ms !== undefined) told.push(say(texts.seen, { half: lasting(p50Ms), most: lasting(p99Ms) }));
    if (waiting > 0) told.push(say(texts.behind, { n: waiting }));
  }
  return told.join(' · ');
}

/** True when nothing more will come of it. */
export function isSettled({ readers, pushedTo, waiting, seen }: Receipt, isWithdrawn: boolean, age: number): boolean {
  if (age >= (isWithdrawn && waiting > 0 ? WITHDRAWN_UNTIL : UNTIL)) return true;
  if (pushedTo === 0 && waiting === 0) return readers === 0 && age >= NOBODY_AFTER;
  return waiting === 0 && (isWithdrawn || (seen.samples > 0 && age >= SETTLED_AFTER));
}

/** The line that tells how far what was sent last has come. It is shown as it grows, and read out once, when there is no more to come. */
export class ReceiptLine {
  private readonly text = make('p', { className: 'desk-receipt', hidden: true });
  private readonly voice = make('p', { className: 'desk-voice' });
  private watched: Entry | undefined;

  constructor(place: HTMLElement) {
    this.voice.setAttribute('role', 'status');
    place.append(this.text, this.voice);
  }

  /** Follows what has just gone live; `took`: after how many milliseconds. */
  follow(entry: Entry, took?: number): void {
    this.watched = entry;
    this.voice.textContent = '';
    void this.look(entry, took, performance.now());
  }

  stop(): void {
    this.watched = undefined;
    this.text.hidden = true;
    this.voice.textContent = '';
  }

  private async look(entry: Entry, took: number | undefined, since: number): Promise<void> {
    const isWithdrawn = entry.status === 'retracted';
    while (this.watched === entry) {
      const age = performance.now() - since;
      const receipt = await readReceipt(entry);
      // Another one is followed by now.
      if (this.watched !== entry) return;
      if (receipt) {
        this.text.hidden = false;
        this.text.textContent = receiptInWords(receipt, isWithdrawn, took, age);
        if (isSettled(receipt, isWithdrawn, age)) {
          this.voice.textContent = this.text.textContent;
          return;
        }
      } else if (age >= UNTIL) return;
      await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY); });
    }
  }
}

/** Undefined when it can't be had now. */
async function readReceipt({ feed, id, revision }: Entry): Promise<Receipt | undefined> {
  try {
    const response = await request({ method: 'GET', path: `${entriesPath(feed, id)}/receipt?revision=${String(revision)}` });
    return response.ok ? ((await response.json()) as Receipt) : undefined;
  } catch {
    return undefined;
  }
}
