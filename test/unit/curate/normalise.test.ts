import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise, tokenize } from '../../../src/main/curate/duplicates/normalise.ts';

describe('normalising', () => {
  test.each([
    ['  Where   is my card? ', 'where is my card'],
    ['WHERE IS MY CARD', 'where is my card??'],
    ['I don’t know\u200b', "i don't know"],
    ['“Top–up” now…', 'top-up now'],
    ['ﬁne ＡＢＣ', 'fine abc'],
    ['pay 12,000 now', 'pay 12000 now'],
    ['soft\u00adhyphen', 'softhyphen'],
  ])('%j equals %j', (a, b) => expect(normalise(a)).toBe(normalise(b)));

  test.each([
    ['pay 12 now', 'pay 1.2 now'],
    ['pay £5', 'pay $5'],
    ['-5 degrees', '5 degrees'],
    ['???', '!!!'],
    ['6:00', '6:30'],
  ])('%j differs from %j', (a, b) => expect(normalise(a)).not.toBe(normalise(b)));

  test('scripts without spaces are read by the character', () => {
    expect(tokenize('卡丢了 help')).toEqual(['卡', '丢', '了', 'help']);
  });

  test('ASCII has a reader of its own that says the same', () => {
    // The no-break space makes the general reader read the same text.
    const asciiText = fc.string({ unit: fc.constantFrom(..."aB1 '.,-$%?!:/") });
    fc.assert(
      fc.property(asciiText, (text) => {
        expect(tokenize(`${text} \u00a0`)).toEqual(tokenize(`${text}  `));
      }),
    );
  });

  test('what is normalised stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
    );
  });
});
