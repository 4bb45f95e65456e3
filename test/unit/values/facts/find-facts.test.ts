import { expect, test } from 'vitest';
import { findFacts } from '../../../../src/main/values/facts/find-facts.ts';

const told = (text: string) =>
  findFacts(text).facts.map(({ kind, surface }) => `${kind}: ${surface}`);

test.each<[string, string[]]>([
  ['Meet on March 8th at half past six.', ['date: March 8th', 'time: half past six']],
  ['It came on 2026-05-08T14:30.', ['date: 2026-05-08', 'time: 14:30']],
  ['Refund $1,200.50 for order T-02532.', ['number: $1,200.50', 'code: T-02532']],
  ['Write to ana.b@example.com.', ['email: ana.b@example.com']],
  [
    'See https://example.com/a?b=1, or www.example.org.',
    ['url: https://example.com/a?b=1', 'url: www.example.org'],
  ],
  ['Call +44 20 7946 0958 or 0800 123 456.', ['code: +44 20 7946 0958', 'code: 0800 123 456']],
  ['Pay to DE89 3704 0044 0532 0130 00 now', ['code: DE89 3704 0044 0532 0130 00']],
  ['two hundred and five boxes, 3kg each', ['number: two hundred and five', 'number: 3kg']],
  ['account 0042, order 84721', ['code: 0042', 'code: 84721']],
  ['1.234,56 € from 192.168.1.1', ['code: 1.234,56', 'code: 192.168.1.1']],
  ['v2.0.1 of MP3', ['code: v2.0.1', 'code: MP3']],
])('%s', (text, expected) => {
  expect(told(text)).toEqual(expected);
});

test.each([
  'We are there 24/7.',
  'One of our agents calls in a second, first thing.',
  '1. Open the app\n2. Press the button',
  'The end.Next sentence, e.g. this one; a dozen-odd words.',
  'Noone@ home',
])('states no fact: %s', (text) => {
  // "A dozen" counts something; the others must leave nothing.
  expect(told(text).filter((fact) => !fact.includes('dozen'))).toEqual([]);
});

test('facts lie apart and in order, with their places', () => {
  const text = 'Order 84721 of 5 May 2026 for 12 dollars, see example.com';
  const { facts } = findFacts(text);
  expect(facts).toHaveLength(4);
  facts.forEach(({ start, end, surface }, i) => {
    expect(text.slice(start, end)).toBe(surface);
    expect(start).toBeGreaterThanOrEqual(facts[i - 1]?.end ?? 0);
  });
});
