import { Desk } from './desk/desk.js';
import { Sheets } from './desk/sheets.js';

const [feeds, write, preview, drafts, entries, air] = ['feed', 'write', 'preview', 'drafts', 'entries', 'air'].map((id) => document.getElementById(id));

// The page for those who aren't signed in has none of these.
if (feeds instanceof HTMLSelectElement && write && preview && drafts && entries && air) {
  const sheets = new Sheets(write.dataset['writer'] ?? '');
  new Desk({ feeds, write, preview, drafts, entries, air }, sheets, await sheets.own());
}
