import type { ChangedDetail, TickerView } from './ticker/ticker-view.js';

/** What changed while the comforts were on their way. */
const missed: ChangedDetail[] = [];
const miss = ({ detail }: CustomEvent<ChangedDetail>): void => { missed.push(detail); };
document.addEventListener('live-feed:changed', miss);

/** What our own pages add to the ticker for their readers. Each part comes when it is needed. */
async function comfort(view: TickerView): Promise<void> {
  const { comfortReader } = await import('./comforts/comforts.js');
  document.removeEventListener('live-feed:changed', miss);
  comfortReader(view, missed);
}

document.addEventListener('live-feed:ready', (event) => { void comfort(event.detail); });

/** What the page tells search engines is of when it was made. What has been withdrawn since may not stay in it. */
function forgetStory(): void {
  document.querySelector('script[type="application/ld+json"]')?.remove();
}

document.addEventListener('live-feed:changed', ({ detail: { entry } }) => { if (entry.status === 'retracted') forgetStory(); });
document.addEventListener('live-feed:reset', forgetStory);
