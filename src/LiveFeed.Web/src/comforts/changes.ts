import type { TickerView } from '../ticker/ticker-view.js';

/** Shows what changed in an entry right under its "Updated", or takes it away again. Where that fails, the link goes where it always leads. */
export async function toggleChanges(view: TickerView, link: HTMLAnchorElement): Promise<void> {
  const line = link.closest('.entry-updated') ?? link;
  const shown = line.nextElementSibling;
  if (shown?.classList.contains('changes')) {
    view.calmly(() => { shown.remove(); });
    link.ariaExpanded = 'false';
    return;
  }
  if (link.ariaBusy === 'true') return;
  link.ariaBusy = 'true';
  const changes = await changesAt(link.href);
  link.ariaBusy = null;
  if (!changes) {
    location.assign(link.href);
    return;
  }
  // The entry may have been changed again, or withdrawn, while its old states were fetched: then nothing of them is shown.
  if (!link.isConnected) return;
  link.ariaExpanded = 'true';
  view.calmly(() => { line.after(changes); });
}

/** The server's own page, of which one part is shown here. It is parsed as a document of its own, where nothing runs or loads. */
async function changesAt(address: string): Promise<Element | undefined> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('.changes') ?? undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
