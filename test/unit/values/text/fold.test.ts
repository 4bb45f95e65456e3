import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold, foldWithPlaces } from '../../../../src/main/values/text/fold.ts';

it.each([
  ['  Élan   vital ', 'elan vital'],
  ['It’s “so” —', `it's "so" -`],
  ['ǅ İ ﬁ Ａ', 'dz i fi a'],
  ['Straße, Æsir, Łódź', 'strasse, aesir, lodz'],
  ['1,5\u00a0km', '1,5 km'],
])('%j folds to %j', (text, expected) => expect(fold(text)).toBe(expected));

it('knows where each unit came from', () => {
  const text = ' Æ\u0301 x  &  Y';
  const { text: folded, starts, ends } = foldWithPlaces(text);
  expect(folded).toBe('ae x&y');
  expect(folded.split('').map((_, i) => text.slice(starts[i], ends[i]))).toEqual([
    'Æ',
    'Æ\u0301',
    ' ',
    'x',
    '&',
    'Y',
  ]);
});

it('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});
