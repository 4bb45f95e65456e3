import { expect, test } from 'vitest';
import { costUsd, findPrice } from '../../../src/main/teach/prices.ts';
import { parseRetryAfter } from '../../../src/main/teach/teacher-error.ts';

const asked = { model: 'gpt-4o-mini', isLoopback: false, hasCap: true, given: undefined };

test('a price is as given, as published, or asked for', () => {
  const given = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  expect(findPrice({ ...asked, given })).toEqual({ ...given, isAssumed: false });
  const published = { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6, isAssumed: false };
  expect(findPrice(asked)).toEqual(published);
  expect(findPrice({ ...asked, model: 'openai/gpt-4o-mini-2024-07-18' })).toEqual(published);
  expect(() => findPrice({ ...asked, model: 'mystery' })).toThrow(/--price/);
  expect(() => findPrice({ ...asked, model: 'constructor' })).toThrow(/--price/);
  expect(findPrice({ ...asked, model: 'mystery', isLoopback: true }).isAssumed).toBe(true);
  expect(findPrice({ ...asked, model: 'mystery', hasCap: false }).inputUsdPerMillion).toBe(0);
  expect(costUsd(given, 1_000_000, 500_000)).toBe(2);
});

test('Retry-After is seconds or a date', () => {
  const nowMs = Date.parse('2026-11-22T10:00:00Z');
  const read = (value: string) => parseRetryAfter(new Headers({ 'retry-after': value }), nowMs);
  expect(read('2')).toBe(2_000);
  expect(read('0.5')).toBe(500);
  expect(read('Sun, 22 Nov 2026 10:00:07 GMT')).toBe(7_000);
  expect(read('Sun, 22 Nov 2026 09:00:00 GMT')).toBe(0);
  expect(read('soon')).toBeUndefined();
  expect(parseRetryAfter(new Headers({ 'retry-after-ms': '120' }), nowMs)).toBe(120);
  expect(parseRetryAfter(new Headers(), nowMs)).toBeUndefined();
});
