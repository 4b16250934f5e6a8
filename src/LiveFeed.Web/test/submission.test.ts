import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Submission, Submitter } from '../src/desk/submission.js';
import { DeskServer } from './desk-server.js';

let server: DeskServer;
let told: string[];
let kept: Submission<string> | undefined;

const write = { method: 'POST', path: '/api/feeds/demo/entries', body: { headline: 'Ferries sail again' } } as const;
const entry = { id: 'e', feed: 'demo', seq: 1, revision: 1, status: 'live', publishedAt: '2026-11-24T14:00:00.000Z', headline: 'Ferries sail again' };

beforeEach(async () => {
  server = new DeskServer();
  told = [];
  kept = undefined;
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(await server.url());
});

afterEach(async () => { await server.close(); });

function submitter(): Submitter<string> {
  return new Submitter<string>({
    keep: (submission) => { kept = submission; },
    trying: (why) => told.push(why === undefined ? 'sending' : `unsure: ${typeof why === 'string' ? why : why.english}`),
    done: (submission, answer) => told.push(`${answer.kind} ${submission.context}`),
    signedOut: () => told.push('signed out'),
  });
}

async function untilTold(what: string, times = 1): Promise<void> {
  await vi.waitUntil(() => told.filter((word) => word.startsWith(what)).length >= times, { timeout: 4_000 });
}

test('what goes live at once is sent once, with a key and the guard against other sites', async () => {
  server.replies.push({ status: 201, body: entry });
  const submissions = submitter();
  submissions.submit(write, 'draft');
  await untilTold('live');
  expect(told).toEqual(['sending', 'live draft']);
  expect(submissions.isBusy).toBe(false);
  expect(kept).toBeUndefined();
  expect(server.received[0]).toMatchObject({ method: 'POST', path: write.path, body: write.body, headers: { 'x-livefeed-desk': '1' } });
  expect(server.received[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
});

test('until the outcome is known it is sent again with the same key: taken, away, cut off', async () => {
  server.replies.push({ status: 202, body: {} }, { status: 503, body: { detail: 'The broker is away.' } }, undefined, { status: 200, body: entry });
  const submissions = submitter();
  submissions.submit(write, 'draft');
  for (let tries = 1; tries <= 3; tries++) {
    await untilTold('unsure', tries);
    submissions.again();
  }
  await untilTold('live');
  expect(server.received).toHaveLength(4);
  expect(server.keys.size).toBe(1);
  expect(told.filter((word) => word.startsWith('unsure'))).toEqual([
    'unsure: It is taken, and waits to go live.', 'unsure: The broker is away.', 'unsure: The server can\'t be reached.',
  ]);
});

test('it tries again by itself', async () => {
  server.replies.push({ status: 503 }, { status: 201, body: entry });
  submitter().submit(write, 'draft');
  await untilTold('live');
  expect(server.keys.size).toBe(1);
});

test('another page goes on with the same key', async () => {
  server.replies.push({ status: 503 }, { status: 200, body: entry });
  const before = submitter();
  before.submit(write, 'draft');
  await untilTold('unsure');
  const left = kept as unknown as Submission<string>;
  // The page that was left: its timers are gone.
  before.stop();
  submitter().resume(left);
  await untilTold('live');
  expect(server.keys.size).toBe(1);
});

test('a refusal is told with its reason, and the next submission has a key of its own', async () => {
  server.replies.push({ status: 400, body: { detail: 'An entry needs a headline.', field: 'headline' } }, { status: 201, body: entry });
  const submissions = submitter();
  submissions.submit(write, 'first');
  await untilTold('refused first');
  submissions.submit(write, 'second');
  await untilTold('live second');
  expect(server.keys.size).toBe(2);
});

test('a change says which revision it was made on, and hears of a newer one', async () => {
  server.replies.push({ status: 412, body: { detail: 'Changed meanwhile.', entry } });
  submitter().submit({ method: 'PATCH', path: `${write.path}/e`, revision: 3, body: { headline: 'x' } }, 'edit');
  await untilTold('conflict edit');
  expect(server.received[0]?.headers['if-match']).toBe('"3"');
});

test('who is signed out keeps the submission and goes on with it', async () => {
  server.replies.push({ status: 401 }, { status: 201, body: entry });
  const submissions = submitter();
  submissions.submit(write, 'draft');
  await untilTold('signed out');
  submissions.again();
  await untilTold('live');
  expect(server.keys.size).toBe(1);
});
