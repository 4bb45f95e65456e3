import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgressView } from '../../../src/main/cli/terminal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a log gets from an hour of work that changes its step every second, as training does. */
function logOfAnHour(): string[] {
  const stream = new PassThrough();
  // Of a stream to a terminal the view only asks whether it is one.
  const view = createProgressView(stream as unknown as NodeJS.WriteStream);
  for (let second = 0; second < 3_600; second++) {
    view.report({ done: 0, total: 10 + (second % 7), message: `Step ${second}` });
    view.report({ done: 5, total: 10 + (second % 7), message: `Step ${second}` });
    vi.advanceTimersByTime(1_000);
  }
  return String(stream.read()).trimEnd().split('\n');
}

test('without a terminal progress is told ever more seldom, however many steps there are', () => {
  const lines = logOfAnHour();
  expect(lines[0]).toBe('Step 0: 0 of 10');
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.length).toBeLessThan(75);
});
