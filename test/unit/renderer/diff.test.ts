import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffPart, diffWords } from '../../../src/renderer/lib/diff.ts';

const textOf = (parts: readonly DiffPart[], left: DiffPart['kind']) =>
  parts
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('');

describe('what differs between two texts', () => {
  test('only the words that differ are marked', () => {
    expect(diffWords('my card was lost', 'my kard was lost today')).toEqual([
      { text: 'my ', kind: 'same' },
      { text: 'card', kind: 'removed' },
      { text: 'kard', kind: 'added' },
      { text: ' was lost', kind: 'same' },
      { text: ' today', kind: 'added' },
    ]);
    expect(diffWords('same', 'same')).toEqual([{ text: 'same', kind: 'same' }]);
    expect(diffWords('', '')).toEqual([]);
  });

  test('both texts can be read back, whatever they are', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '\n', 'déjà'), { maxLength: 40 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [before, after] = [a.join(''), b.join('')];
        const parts = diffWords(before, after);
        expect(textOf(parts, 'added')).toBe(before);
        expect(textOf(parts, 'removed')).toBe(after);
      }),
    );
  });

  test('long texts take no more than a moment', () => {
    const long = (word: string) =>
      Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join(' ');
    const parts = diffWords(`start ${long('x')} end`, `start ${long('y')} end`);
    expect(parts[0]).toEqual({ text: 'start ', kind: 'same' });
    expect(parts.at(-1)).toEqual({ text: ' end', kind: 'same' });
  });
});
