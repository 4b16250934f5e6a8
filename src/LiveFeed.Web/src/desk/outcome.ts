import type { Draft } from './draft.js';
import type { Entry } from './entry.js';
import type { Purpose } from './sheets.js';

/** What has happened, now that it is live. */
export function inWords(purpose: Purpose, draft: Draft | undefined, entry: Entry): string {
  if (purpose === 'retract') return 'Withdrawn.';
  if (purpose === 'pin') return entry.pinned === true ? 'Pinned.' : 'Unpinned.';
  return { new: 'Published.', edit: 'Saved.', correct: 'The correction is published.' }[draft?.task ?? 'new'];
}
