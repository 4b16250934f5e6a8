import type { Draft } from './draft.js';
import type { Entry } from './entry.js';
import type { Purpose } from './sheets.js';
import { words } from './words.js';

/** What has happened, now that it is live. */
export function inWords(purpose: Purpose, draft: Draft | undefined, entry: Entry): string {
  const { withdrawn, pinned, unpinned, published, saved, corrected } = words.outbox;
  if (purpose === 'retract') return withdrawn;
  if (purpose === 'pin') return entry.pinned === true ? pinned : unpinned;
  return { new: published, edit: saved, correct: corrected }[draft?.task ?? 'new'];
}
