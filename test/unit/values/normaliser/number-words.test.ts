import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberWordsToDigits } from '../../../../src/main/values/normaliser/number-words.ts';
import { tables } from '../../../../src/main/values/tables/tables.ts';

const small = Object.keys(tables.numbers);

/** English for a number below a million. */
function inWords(number: number, and: string): string {
  if (number < 20) return small[number]!;
  if (number < 100) {
    const tens = small[18 + Math.floor(number / 10)]!;
    return number % 10 === 0 ? tens : `${tens} ${small[number % 10]}`;
  }
  const [size, name] = number < 1000 ? ([100, 'hundred'] as const) : ([1000, 'thousand'] as const);
  const head = `${inWords(Math.floor(number / size), and)} ${name}`;
  return number % size === 0 ? head : `${head}${and}${inWords(number % size, and)}`;
}

it('reads every number below a million', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.constantFrom(' ', ' and '), (number, and) => {
      expect(numberWordsToDigits(inWords(number, and), tables)).toBe(String(number));
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['twenty third of march', '23th of march'],
  ['nineteen eighty four', '19 84'],
  ['two and three', '2 and 3'],
  ['a hundred', '100'],
  ['a house', 'a house'],
  ['2.5 million', '2500000'],
  ['five five', '5 5'],
  ['hundred hundred', 'hundred hundred'],
  ['05 00', '05 00'],
  ['three dozen eggs', '36 eggs'],
])('%j becomes %j', (text, expected) => expect(numberWordsToDigits(text, tables)).toBe(expected));
