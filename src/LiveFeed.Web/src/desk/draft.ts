import { entriesPath, type Write } from './api.js';
import { changesBetween, type Entry, type Fields } from './entry.js';

/** What a writer is at. */
export interface Draft {
  readonly feed: string;
  readonly task: 'new' | 'edit' | 'correct';
  /** The entry that is changed, as the writer saw it; absent for a new one. */
  readonly entry?: Entry;
  /** The fields of `entry` as the form shows them untouched. */
  readonly base: Fields;
  readonly fields: Fields;
  /** What readers are told was wrong. */
  readonly note: string;
  /** Too small a change for an "Updated" mark. */
  readonly minor: boolean;
}

/** True when nothing has been written. */
export function isNothing({ task, base, fields, note }: Draft): boolean {
  return task === 'new' && note === '' && Object.keys(changesBetween(base, fields)).length === 0;
}

/** The write that a draft asks for; undefined when it changes nothing. */
export function writeOf(draft: Draft): Omit<Write, 'key'> | undefined {
  const { feed, entry, fields, base } = draft;
  if (!entry) return { method: 'POST', path: entriesPath(feed), body: withoutNothing(fields) };
  const changes = changesBetween(base, fields);
  if ('body' in changes && entry.bodyFormat !== undefined) changes['bodyFormat'] = entry.bodyFormat;
  const { revision } = entry;
  if (draft.task === 'correct') {
    return { method: 'POST', path: entriesPath(feed, entry.id, 'correction'), revision, body: { ...changes, note: draft.note.trim() } };
  }
  if (Object.keys(changes).length === 0) return undefined;
  return { method: 'PATCH', path: entriesPath(feed, entry.id), revision, body: draft.minor ? { ...changes, minor: true } : changes };
}

/** A draft as the server takes it, to show or to keep: what it may be, half-written or whole. */
export function contentOf({ task, entry, base, fields, note, minor }: Draft): Record<string, unknown> {
  if (task === 'new' || !entry) return withoutNothing(fields);
  const change = { action: task, entryId: entry.id, revision: entry.revision, ...changesBetween(base, fields) };
  return task === 'correct' ? { ...change, note } : { ...change, minor };
}

function withoutNothing(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== false));
}
