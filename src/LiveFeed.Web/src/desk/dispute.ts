import { button, make } from '../dom.js';
import type { Entry, FieldName, Fields } from './entry.js';
import { listInWords, say, words } from './words.js';

const { dispute: texts, fields: labels } = words;

/** The three states of a field that two changed: what both began with, what is on the air by now, and what was written here. */
export interface Dispute {
  readonly base: Fields;
  readonly newest: Entry;
  readonly mine: Fields;
  readonly disputed: readonly FieldName[];
}

/** Shows the three states beside one another, for the fields that somebody else changed too. `take`: the newest is taken over. */
export function disputePanel({ base, newest, mine, disputed }: Dispute, take: (name: FieldName) => void): HTMLElement {
  const panel = make('section', { className: 'desk-dispute', tabIndex: -1 });
  panel.append(
    make('h3', { textContent: texts.title }),
    make('p', {
      textContent: disputed.length === 0 ? texts.merged : texts.disputed,
    }),
  );
  for (const name of disputed) {
    const row = make('div', { className: 'desk-dispute-field' },
      make('h4', { textContent: labels[name] }),
      make('dl', {}, ...([[texts.was, base], [texts.now, newest], [texts.mine, mine]] as const).flatMap(([state, fields]) =>
        [make('dt', { textContent: state }), make('dd', { className: 'desk-dispute-text', dir: 'auto', textContent: inWords(name, fields) })])));
    row.append(button(say(texts.take, { field: labels[name] }), () => {
      take(name);
      row.remove();
    }));
    panel.append(row);
  }
  return panel;
}

function inWords(name: FieldName, fields: Fields): string {
  switch (name) {
    case 'kind': return words.kinds[fields.kind ?? 'update'];
    case 'pinned':
    case 'keyEvent': return fields[name] === true ? texts.yes : texts.no;
    case 'tags': return fields.tags ? listInWords(fields.tags) : texts.none;
    case 'source': return fields.source ? [fields.source.name, fields.source.url].filter(Boolean).join(' · ') : texts.none;
    case 'image': return fields.image ? [fields.image.url, fields.image.alt, fields.image.caption, fields.image.credit].filter(Boolean).join(' · ') : texts.none;
    default: return fields[name] ?? texts.empty;
  }
}
