import type { Draft } from './draft.js';
import { type Why, words } from './words.js';

/** What is wrong with a field, in the page's words where what stands in it tells; else as the server says it. */
export function ruleOf(field: string | undefined, { fields, note }: Pick<Draft, 'fields' | 'note'>, why: Why): Why {
  const { rules } = words;
  const { headline, body, image, source, link } = fields;
  switch (field) {
    case 'headline': return headline === undefined && body === undefined && image === undefined ? rules.nothing : why;
    case 'note': return note.trim() === '' ? rules.note : why;
    case 'image.alt': return image?.alt === undefined ? rules.alt : why;
    case 'image.url': return isAddress(image?.url) ? why : rules.address;
    case 'source.url': return isAddress(source?.url) ? why : rules.address;
    case 'source.name': return (source?.name ?? '') === '' ? rules.sourceName : why;
    case 'link': return isAddress(link) ? why : rules.address;
    default: return why;
  }
}

function isAddress(text = ''): boolean {
  return URL.canParse(text) && /^https?:/i.test(text);
}
