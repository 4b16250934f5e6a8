import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Watchdog } from '../src/ticker/watchdog.js';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function watched(): { watchdog: Watchdog; silences: () => number } {
  const silent = vi.fn();
  return { watchdog: new Watchdog(silent), silences: () => silent.mock.calls.length };
}

test('misses the first word after 6 seconds', () => {
  const { silences } = watched();
  vi.advanceTimersByTime(5_999);
  expect(silences()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(silences()).toBe(1);
});

test('misses a later word 20 seconds after the last, whenever that was', () => {
  const { watchdog, silences } = watched();
  watchdog.heard();
  vi.advanceTimersByTime(13_000);
  watchdog.heard();
  vi.advanceTimersByTime(19_999);
  expect(silences()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(silences()).toBe(1);
});

test('says so again as long as the silence lasts, and not when stopped', () => {
  const { watchdog, silences } = watched();
  watchdog.heard();
  vi.advanceTimersByTime(60_000);
  expect(silences()).toBe(3);
  watchdog.stop();
  vi.advanceTimersByTime(600_000);
  expect(silences()).toBe(3);
});

test('goes by when it last heard, not by when its timers run: a tab that slept is let read its messages first', () => {
  const { watchdog, silences } = watched();
  watchdog.heard();
  // Asleep for ten minutes: the clock goes on, timers don't. They are due all at once, and the messages come just after.
  vi.setSystemTime(Date.now() + 600_000);
  expect(watchdog.isSilent).toBe(true);
  vi.advanceTimersByTime(5_500);
  watchdog.heard();
  vi.advanceTimersByTime(19_999);
  expect(silences()).toBe(0);
  expect(watchdog.isSilent).toBe(false);
});

test('is not deceived by timers that run once a minute while messages come', () => {
  const { watchdog, silences } = watched();
  for (let second = 0; second < 600; second += 10) {
    watchdog.heard();
    // The hidden tab's clock goes on by ten seconds; its timers run only at the full minute.
    if (second % 60 === 50) vi.advanceTimersByTime(10_000);
    else vi.setSystemTime(Date.now() + 10_000);
  }
  expect(silences()).toBe(0);
});
