import type { TickerView } from './ticker/ticker-view.js';

/** What our own pages add to the ticker for their readers. Each part comes when it is needed. */
async function comfort(view: TickerView): Promise<void> {
  const { comfortReader } = await import('./comforts/comforts.js');
  comfortReader(view);
}

document.addEventListener('live-feed:ready', (event) => { void comfort(event.detail); });
