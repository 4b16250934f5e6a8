import { make } from '../dom.js';
import { ask, field } from './ask.js';
import { words } from './words.js';

const { approval: texts } = words;

/** Asks what is to be done to a draft that is sent back. Answers the note, or undefined for no. */
export async function askForReturn(title: string): Promise<string | undefined> {
  const note = make('textarea', { id: 'return-note', rows: 3, dir: 'auto', maxLength: 2000 });
  const yes = await ask({
    title: texts.returnTitle,
    words: [make('p', { dir: 'auto', textContent: title }), field(texts.returnNote, note)],
    yes: texts.return, no: texts.keep, first: note,
  });
  return yes ? note.value.trim() : undefined;
}

/** When something goes on the air: a local time and the zone that it is meant in. */
export interface When {
  readonly local: string;
  readonly timeZone: string;
}

/** Asks when it is to go on the air. Answers undefined for no. `zone` is the feed's. */
export async function askWhen(zone: string): Promise<When | undefined> {
  const at = make('input', { type: 'datetime-local', id: 'schedule-at', step: '1' });
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = make('select', { id: 'schedule-zone' }, ...[...new Set([zone, own, 'UTC'])].map((name) => make('option', { value: name, textContent: name })));
  const yes = await ask({
    title: texts.laterTitle,
    words: [make('p', { textContent: texts.laterHint }), field(texts.at, at), field(texts.zone, zones)],
    yes: texts.schedule, no: texts.notNow, first: at,
  });
  return yes && at.value !== '' ? { local: at.value.length === 16 ? `${at.value}:00` : at.value, timeZone: zones.value } : undefined;
}
