import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import english from '../words/en.json';
import { Status } from '../src/ticker/status.js';

let element: HTMLElement;
let status: Status;

beforeEach(() => {
  vi.stubEnv('TZ', 'UTC');
  vi.useFakeTimers({ now: new Date('2026-11-24T07:00:00Z') });
  element = document.createElement('p');
  status = new Status(element, 'en-GB', false, english.ticker);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test('what is pushed is live, what is asked for is as fresh as its last answer', () => {
  expect(element.textContent).toBe('Connecting…');
  status.live('socket');
  expect([element.textContent, element.dataset]).toEqual(['Up to date as of 07:00:00', { state: 'live', line: 'socket' }]);
  status.live('stream');
  expect([element.textContent, element.dataset]).toEqual(['Up to date as of 07:00:00', { state: 'live', line: 'stream' }]);
  status.live('poll');
  expect([element.textContent, element.dataset]).toEqual(['Checked every few seconds, last at 07:00:00', { state: 'polled', line: 'poll' }]);
});

test('a break that is mended within a second is not worth a word', () => {
  status.live('socket');
  status.lost();
  vi.advanceTimersByTime(999);
  status.live('socket');
  vi.advanceTimersByTime(60_000);
  expect(element.textContent).toBe('Up to date as of 07:00:00');
});

test('a longer one is told, and after ten seconds how old the page is', () => {
  status.live('socket');
  status.lost();
  vi.advanceTimersByTime(1_000);
  expect(element.textContent).toBe('Reconnecting…');
  vi.advanceTimersByTime(9_000);
  expect(element.textContent).toBe('Offline: showing 07:00:00');
});

test('a page that slept was whole when it last heard, and not when it wakes', () => {
  status.live('socket');
  vi.setSystemTime(new Date('2026-11-24T09:30:00Z'));
  status.lost();
  vi.advanceTimersByTime(10_000);
  expect(element.textContent).toBe('Offline: showing 07:00:00');
});
