import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { findChromium, options } from './chromium.mjs';
import { Newsroom } from './newsroom.mjs';
import { servePictures } from './pictures.mjs';
import { importStory, item } from './story.mjs';

// Has Lighthouse judge the reader's page with its first 20 items, as on a telephone and at a desk. See infra/bench.

const [server, key, livefeed, data] = process.argv.slice(2);
const SHOWN = 20;

const newsroom = new Newsroom(server, key, 'story');
await newsroom.open('The missing brass band');
const pictures = await servePictures();
await fill();
const chrome = await launch({ chromePath: findChromium(), chromeFlags: options, ignoreDefaultFlags: false, logLevel: 'silent' });
let perfect = true;
try {
  for (const [name, config] of [['mobile', undefined], ['desktop', desktopConfig]]) {
    const { lhr } = await lighthouse(`${server}/story`, { port: chrome.port, logLevel: 'error' }, config);
    perfect = report(name, lhr) && perfect;
  }
} finally {
  chrome.kill();
}
process.exit(perfect ? 0 : 1);

/** Real items, where there are some, and ours until the page is full: one of each kind, one changed, one corrected and pinned. */
async function fill() {
  if (data) importStory(livefeed, newsroom, data, pictures);
  for (let number = 0; await newsroom.count() < SHOWN; number++) await newsroom.publish(item(number, pictures));
  const last = await newsroom.publish(item(SHOWN, pictures));
  await newsroom.correct(last, { body: 'The ferry is **not** late.', note: 'It was said here that the ferry was late.' });
}

/** The four scores, and what keeps one from 100. True when nothing does. */
function report(name, { categories, audits, runtimeError }) {
  if (runtimeError) throw new Error(runtimeError.message);
  const groups = Object.values(categories);
  console.log(`${name}: ${groups.map(({ title, score }) => `${title} ${Math.round(score * 100)}`).join(', ')}`);
  console.log(`  ${['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map((id) => `${audits[id].title} ${audits[id].displayValue}`).join(', ')}`);
  for (const { title, auditRefs } of groups.filter(({ score }) => score < 1)) {
    for (const { id } of auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score < 1)) {
      console.log(`  ${title}: ${id}: ${audits[id].title} ${audits[id].displayValue ?? ''}`);
      for (const one of audits[id].details?.items?.slice(0, 5) ?? []) console.log(`    ${JSON.stringify(one).slice(0, 300)}`);
    }
  }
  return groups.every(({ score }) => score === 1);
}
