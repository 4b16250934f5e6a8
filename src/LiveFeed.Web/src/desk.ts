import { Desk } from './desk/desk.js';
import { Sheets } from './desk/sheets.js';

const [feeds, write, entries, preview, air] = ['feed', 'write', 'entries', 'preview', 'air'].map((id) => document.getElementById(id));

// The page for those who aren't signed in has none of these.
if (feeds instanceof HTMLSelectElement && write && entries && preview && air) {
  const sheets = new Sheets(write.dataset['writer'] ?? '');
  new Desk({ feeds, write, entries, preview, air }, sheets, await sheets.own());
}
