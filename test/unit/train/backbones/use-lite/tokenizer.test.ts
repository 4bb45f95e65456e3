import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPackageFile } from '../../../../../src/main/train/backbones/use-lite/package-files.ts';
import {
  createUnigramTokenizer,
  type ScoredPiece,
} from '../../../../../src/main/train/backbones/use-lite/tokenizer.ts';
import { readEmbeddingFixture, readIdFixture } from '../../../../fixtures/use-lite/read.ts';

const vocabulary = JSON.parse(
  Buffer.from(readPackageFile('vocab.json')).toString('utf8'),
) as ScoredPiece[];
const uncut = createUnigramTokenizer(vocabulary, Number.POSITIVE_INFINITY);
const tokenizer = createUnigramTokenizer(vocabulary, 128);
const pieces = (ids: Int32Array) => Array.from(ids, (id) => vocabulary[id]![0]);

describe('unigram tokenizer', () => {
  it('gives the ids of the package on 866 recorded texts', () => {
    for (const { text, ids } of [...readEmbeddingFixture(), ...readIdFixture()])
      expect(Array.from(uncut.encode(text)), JSON.stringify(text)).toEqual(ids);
  });

  it('would notice another vocabulary', () => {
    const other = vocabulary.map(
      ([piece, score], id): ScoredPiece => [piece, id === 9 ? -90 : score],
    );
    const changed = createUnigramTokenizer(other, 128);
    expect(pieces(changed.encode('the theory of the thing'))).not.toEqual(
      pieces(tokenizer.encode('the theory of the thing')),
    );
  });

  it('loses no text but what the vocabulary does not know', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const joined = pieces(uncut.encode(text)).join('').replaceAll('▁', ' ');
        if (!joined.includes('�')) expect(joined).toBe(text === '' ? '' : ` ${text}`);
      }),
    );
  });

  it('cuts at the maximum length', () => {
    expect(tokenizer.encode('a b '.repeat(200))).toHaveLength(128);
  });

  it('is linear in a hostile text', () => {
    expect(uncut.encode('a'.repeat(300_000)).length).toBeGreaterThan(10_000);
  });
});

describe('words', () => {
  const text = 'book 2 tables, at 5pm';
  const words = [
    { start: 0, end: 4 },
    { start: 5, end: 6 },
    { start: 7, end: 13 },
    { start: 13, end: 14 },
    { start: 15, end: 17 },
    { start: 18, end: 21 },
  ];

  it('gives each word pieces of its own', () => {
    const { ids, firstPieces } = tokenizer.encodeWords(text, words);
    for (const [i, { start, end }] of words.entries()) {
      const own = pieces(ids).slice(firstPieces[i], firstPieces[i + 1]);
      expect(own.join('').replace('▁', '')).toBe(text.slice(start, end));
    }
  });

  it('gives the ids of the whole text where words are divided by spaces', () => {
    const plain = 'please book a table for two';
    const spans = Array.from(plain.matchAll(/\S+/gu), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    expect(tokenizer.encodeWords(plain, spans).ids).toEqual(tokenizer.encode(plain));
  });

  it('says -1 for words past the cut', () => {
    const short = createUnigramTokenizer(vocabulary, 3);
    const { ids, firstPieces } = short.encodeWords(text, words);
    expect(ids).toHaveLength(3);
    expect(Array.from(firstPieces).at(-1)).toBe(-1);
  });
});
