import { comfortReader } from './comforts/comforts.js';
import { late } from './late.js';

document.addEventListener('live-feed:ready', ({ detail }) => { comfortReader(detail); });

const feeds = document.querySelector<HTMLElement>('.feeds');
if (feeds) void late(() => import('./front/front-page.js')).then(({ keepLive }) => keepLive(feeds));

/** What the page tells search engines is of when it was made. What has been withdrawn since may not stay in it. */
function forgetStory(): void {
  document.querySelector('script[type="application/ld+json"]')?.remove();
}

document.addEventListener('live-feed:changed', ({ detail: { entry } }) => { if (entry.status === 'retracted') forgetStory(); });
document.addEventListener('live-feed:reset', forgetStory);
