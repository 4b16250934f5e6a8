import puppeteer from 'puppeteer-core';
import { findChromium, options } from './chromium.mjs';
import { Newsroom } from './newsroom.mjs';
import { servePictures } from './pictures.mjs';
import { item } from './story.mjs';
import { watch } from './watch.mjs';

// How soon the reader's page answers keys and clicks while it holds 500 items and ten changes come in a second, and whether it
// keeps what it no longer needs. See infra/bench.

const [server, key, seconds] = process.argv.slice(2);
const ON_PAGE = 500;
const A_SECOND = 10;
/** What every interaction should stay below, in milliseconds. */
const AIM = 50;
const MB = 1_000_000;

const newsroom = new Newsroom(server, key, 'page');
await newsroom.open('The missing brass band');
const pictures = await servePictures();
let number = 0;
while (number < ON_PAGE + 200) await newsroom.publish(item(number++, pictures));

const browser = await puppeteer.launch({ executablePath: findChromium(), args: options });
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 800 });
const devtools = await page.createCDPSession();
await page.evaluateOnNewDocument(watch);
await page.goto(`${server}/page`);
await page.waitForSelector('.feed-status[data-state=live]');
await page.waitForSelector('.feed-pace');
while (await count() < ON_PAGE) await showMore();

let newest;
let under = Promise.resolve();
const publishing = setInterval(() => { under = under.then(change); }, 1_000 / A_SECOND);
// What is compiled at first use is, after a round.
await round();
await page.evaluate(() => { window.watched.forget(); });
const before = await memory();
const end = Date.now() + Number(seconds) * 1_000;
do await round(); while (Date.now() < end);
clearInterval(publishing);
await under;
const after = await memory();
const { interactions, longTasks } = await page.evaluate(() => window.watched.tell());
await browser.close();
report();
process.exit(worst() < AIM ? 0 : 1);

/** All that a reader does, once: at the top, where news come in, and further down, where they wait. */
async function round() {
  await page.evaluate(() => { scrollTo(0, 0); });
  for (const letter of ['j', 'j', 'j', 'k', 'j', 'j']) await doing(letter, () => page.keyboard.press(letter));
  await changes();
  await changes();
  await page.waitForSelector('.feed-waiting');
  await doing('Show what is new', () => page.click('.feed-waiting'));
  for (const [name, nth] of [['Key events only', 2], ['Paused', 3], ['All, live', 1]]) {
    await page.evaluate(() => { scrollTo(0, 0); });
    await doing(name, () => page.click(`.feed-pace button:nth-child(${nth})`));
  }
  await showMore();
}

/** Shows what changed in the first changed item on the screen, or takes it away again. By the keyboard: what slides may cover it just then. */
async function changes() {
  const [link] = await filter(await page.$$('.entry-changes'), (one) => one.isIntersectingViewport());
  if (!link) return;
  const was = await link.evaluate((one) => one.ariaExpanded);
  await link.focus();
  await doing('What changed', () => page.keyboard.press('Enter'));
  await page.waitForFunction((one, state) => !one.isConnected || one.ariaExpanded !== state, {}, link, was);
}

async function showMore() {
  await page.focus('.feed-more button');
  await doing('Show more', () => page.keyboard.press('Enter'));
  await page.waitForFunction(() => document.querySelector('.feed-more').ariaBusy !== 'true');
}

/** Does it under this name, and waits until it has been painted. */
async function doing(name, act) {
  await page.evaluate((it) => { window.watched.begin(it); }, name);
  await act();
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 50)); }));
}

/** Something new, or a change of what came last. */
async function change() {
  newest = newest && number % 5 === 0 ? await newsroom.edit(newest, { body: `Changed after ${number} items.` }) && undefined : await newsroom.publish(item(number, pictures));
  number++;
}

async function count() {
  return await page.$$eval('.feed-slot', (slots) => slots.length);
}

async function memory() {
  await devtools.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize, Nodes, JSEventListeners } = await page.metrics();
  return { heap: JSHeapUsedSize, nodes: Nodes, listeners: JSEventListeners, slots: await count() };
}

function worst() {
  return Math.max(...interactions.map(({ took }) => took));
}

function report() {
  const names = [...new Set(interactions.map(({ name }) => name))];
  console.log('interaction to next paint, ms            times   p50   p98   longest');
  for (const name of [...names, 'all']) {
    const took = interactions.filter((one) => name === 'all' || one.name === name).map((one) => one.took).sort((a, b) => a - b);
    const figures = [took.length, quantile(took, 0.5), quantile(took, 0.98), quantile(took, 1)].map((figure) => String(figure).padStart(8));
    console.log(`  ${name.padEnd(36)}${figures.join('')}`);
  }
  console.log(`long tasks: ${longTasks.length}${longTasks.length > 0 ? `, the longest ${Math.max(...longTasks)} ms` : ''}`);
  for (const [when, { heap, nodes, listeners, slots }] of [['before', before], ['after', after]]) {
    console.log(`memory ${when}: ${(heap / MB).toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners, ${slots} items`);
  }
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

async function filter(all, isWanted) {
  const wanted = await Promise.all(all.map(isWanted));
  return all.filter((_, i) => wanted[i]);
}
