import { entriesPath, type Write } from './api.js';
import type { KeptDraft } from './drafts.js';
import { changesBetween, type Entry, fieldNames, type Fields, fieldsOf } from './entry.js';

/** What a writer has put into the form. */
export interface Written {
  readonly fields: Fields;
  /** What readers are told was wrong. */
  readonly note: string;
  /** Too small a change for an "Updated" mark. */
  readonly minor: boolean;
}

/** What a writer is at. */
export interface Draft extends Written {
  readonly feed: string;
  readonly task: 'new' | 'edit' | 'correct';
  /** The entry that is changed, as the writer saw it; absent for a new one. */
  readonly entry?: Entry;
  /** The fields of `entry` as the form shows them untouched. */
  readonly base: Fields;
}

/** True when nothing has been written, or changed. */
export function isNothing({ base, fields, note }: Draft): boolean {
  return note === '' && Object.keys(changesBetween(base, fields)).length === 0;
}

/** The write that a draft asks for; undefined when it changes nothing. `id`: of the entry, where it is a new one. */
export function writeOf(draft: Draft, id: string): Omit<Write, 'key'> | undefined {
  const { feed, entry, fields } = draft;
  if (!entry) return { method: 'POST', path: entriesPath(feed), body: { id, ...withoutNothing(fields) } };
  const changes = changesOf(draft, entry);
  const { revision } = entry;
  if (draft.task === 'correct') {
    return { method: 'POST', path: entriesPath(feed, entry.id, 'correction'), revision, body: { ...changes, note: draft.note.trim() } };
  }
  if (Object.keys(changes).length === 0) return undefined;
  return { method: 'PATCH', path: entriesPath(feed, entry.id), revision, body: draft.minor ? { ...changes, minor: true } : changes };
}

/** A draft as the server takes it, to show or to keep: what it may be, half-written or whole. */
export function contentOf(draft: Draft): Record<string, unknown> {
  const { task, entry, fields, note, minor } = draft;
  if (task === 'new' || !entry) return withoutNothing(fields);
  const change = { action: task, entryId: entry.id, revision: entry.revision, ...changesOf(draft, entry) };
  return task === 'correct' ? { ...change, note } : { ...change, minor };
}

/** What the server keeps of a draft, as the form has it. `entry`: what it changes, as its writer saw it. */
export function writtenOf({ content }: KeptDraft, entry: Entry | undefined): Written {
  const { note = '', minor = false, clear = [] } = content;
  const given: [string, unknown][] = fieldNames.filter((name) => clear.includes(name) || content[name] !== undefined).map((name) => [name, content[name]]);
  return { fields: { ...fieldsOf(entry ?? {}), ...(Object.fromEntries(given) as Fields) }, note, minor };
}

/** What a draft changes of an entry; a text stays in the format that it was written in. */
function changesOf({ base, fields }: Draft, { bodyFormat }: Entry): Record<string, unknown> {
  const changes = changesBetween(base, fields);
  return 'body' in changes && bodyFormat !== undefined ? { ...changes, bodyFormat } : changes;
}

function withoutNothing(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== false));
}
