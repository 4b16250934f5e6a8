import { words } from './words.js';

/** The kinds of entry, in the order of their keys. */
export const kinds = ['update', 'breaking', 'quote', 'fact', 'media', 'summary'] as const;

export type Kind = (typeof kinds)[number];

export interface Source {
  readonly name: string;
  readonly url?: string;
}

export interface Picture {
  readonly url: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  readonly width?: number;
  readonly height?: number;
}

/** What a writer sets of an entry. Undefined is: not there. */
export interface Fields {
  readonly kind?: Kind | undefined;
  readonly headline?: string | undefined;
  readonly body?: string | undefined;
  readonly byline?: string | undefined;
  readonly source?: Source | undefined;
  readonly image?: Picture | undefined;
  readonly link?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly pinned?: boolean | undefined;
  readonly keyEvent?: boolean | undefined;
}

export const fieldNames = ['kind', 'headline', 'body', 'byline', 'source', 'image', 'link', 'tags', 'pinned', 'keyEvent'] as const;

export type FieldName = (typeof fieldNames)[number];

/** An entry as the desk reads it: with its body. */
export interface Entry extends Fields {
  readonly id: string;
  readonly feed: string;
  readonly seq: number;
  readonly revision: number;
  readonly status: 'live' | 'retracted';
  readonly bodyFormat?: 'markdown' | 'html';
  readonly html?: string;
  readonly publishedAt: string;
  readonly updatedAt?: string;
  readonly correction?: { readonly note: string; readonly at: string };
}

/** What an entry is called where there is a line for it: its headline, else how its text begins, as readers see it. */
export function titleOf(entry: Entry): string {
  if (entry.headline !== undefined) return entry.headline;
  // A document made so neither runs nor loads anything.
  const shown = new DOMParser().parseFromString(entry.html ?? '', 'text/html').querySelector('.entry-body')?.textContent.trim() ?? '';
  return shown === '' ? words.entries.pictureAlone : shown.length > 160 ? `${shown.slice(0, 160).trimEnd()}…` : shown;
}

/** The fields of an entry as the form holds them: flags and kind are always there. */
export function fieldsOf(entry: Fields): Fields {
  return { ...pick(entry), kind: entry.kind ?? 'update', pinned: entry.pinned ?? false, keyEvent: entry.keyEvent ?? false };
}

/** The fields that differ between two states, as a change is sent: null empties a field. */
export function changesBetween(from: Fields, to: Fields): Record<string, unknown> {
  return Object.fromEntries(fieldNames.filter((name) => !same(from[name], to[name])).map((name) => [name, to[name] ?? null]));
}

export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** Equal values give equal texts: keys in order, and nothing is the same as not there. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner);
}

function pick(entry: Fields): Fields {
  return Object.fromEntries(fieldNames.map((name) => [name, entry[name]]));
}
