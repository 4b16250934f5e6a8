import { partOfPage } from '../server-page.js';
import type { TickerView } from '../ticker/ticker-view.js';

/**
 * Shows what changed in an entry right under its "Updated", or takes it away again. Where that fails, the link goes where it always
 * leads. `write` writes its times.
 */
export async function toggleChanges(view: TickerView, link: HTMLAnchorElement, write: (part: HTMLElement) => void): Promise<void> {
  const line = link.closest('.entry-updated') ?? link;
  const shown = line.nextElementSibling;
  if (shown?.classList.contains('changes')) {
    view.calmly(() => { shown.remove(); });
    link.ariaExpanded = 'false';
    return;
  }
  if (link.ariaBusy === 'true') return;
  link.ariaBusy = 'true';
  const changes = await partOfPage(link.href, '.changes');
  link.ariaBusy = null;
  if (!changes) {
    location.assign(link.href);
    return;
  }
  // The entry may have been changed again, or withdrawn, while its old states were fetched: then nothing of them is shown.
  if (!link.isConnected) return;
  link.ariaExpanded = 'true';
  write(changes);
  view.calmly(() => { line.after(changes); });
}
