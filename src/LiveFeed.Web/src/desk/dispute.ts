import { button, make } from '../dom.js';
import { type Entry, type FieldName, type Fields, kinds } from './entry.js';

const labels: Record<FieldName, string> = {
  kind: 'Kind', headline: 'Headline', body: 'Text', byline: 'By', source: 'Source', image: 'Picture', link: 'Link', tags: 'Tags',
  pinned: 'Pinned', keyEvent: 'Key event',
};

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
    make('h3', { textContent: 'Somebody else changed this item meanwhile' }),
    make('p', {
      textContent: disputed.length === 0
        ? 'The form now has their changes and yours. Look it over and send it again.'
        : 'The form has what you wrote. Where you both changed the same thing, all three states are here: take what is on the air, or send yours.',
    }),
  );
  for (const name of disputed) {
    const row = make('div', { className: 'desk-dispute-field' },
      make('h4', { textContent: labels[name] }),
      make('dl', {}, ...([['It was', base], ['On the air now', newest], ['You wrote', mine]] as const).flatMap(([state, fields]) =>
        [make('dt', { textContent: state }), make('dd', { className: 'desk-dispute-text', dir: 'auto', textContent: inWords(name, fields) })])));
    row.append(button(`Take this ${labels[name].toLowerCase()}`, () => {
      take(name);
      row.remove();
    }));
    panel.append(row);
  }
  return panel;
}

function inWords(name: FieldName, fields: Fields): string {
  switch (name) {
    case 'kind': return kinds[fields.kind ?? 'update'];
    case 'pinned':
    case 'keyEvent': return fields[name] === true ? 'Yes' : 'No';
    case 'tags': return fields.tags?.join(', ') ?? 'None';
    case 'source': return fields.source ? [fields.source.name, fields.source.url].filter(Boolean).join(', ') : 'None';
    case 'image': return fields.image ? [fields.image.url, fields.image.alt, fields.image.caption, fields.image.credit].filter(Boolean).join(' · ') : 'None';
    default: return fields[name] ?? 'Empty';
  }
}
