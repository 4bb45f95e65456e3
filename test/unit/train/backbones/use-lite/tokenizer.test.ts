import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPackageFile } from '../../../../../src/main/train/backbones/use-lite/package-files.ts';
import {
  createUnigramTokenizer,
  type UnigramRules,
} from '../../../../../src/main/train/backbones/use-lite/tokenizer.ts';
import { toTokenizerJson } from '../../../../../src/main/train/backbones/use-lite/tokenizer-json.ts';
import {
  readVocabulary,
  type ScoredPiece,
} from '../../../../../src/main/train/backbones/use-lite/vocabulary.ts';
import { readEmbeddingFixture, readIdFixture } from '../../../../fixtures/use-lite/read.ts';

const realTexts = 150;
const recorded = [...readEmbeddingFixture(), ...readIdFixture()];
const vocabulary = readVocabulary();
const uncut = createUnigramTokenizer(vocabulary, Number.POSITIVE_INFINITY);
const tokenizer = createUnigramTokenizer(vocabulary, 128);
const toPieces = (ids: Int32Array) => Array.from(ids, (id) => vocabulary[id]![0]);

/** How `@energetic-ai/embeddings` differs: 0 means "not reached", and what begins a piece is not unknown. */
const packageRules: UnigramRules = {
  unreached: 0,
  prefersLaterTie: true,
  unknownScore: 0,
  knowsBeginnings: true,
};

/** Its vocabulary as it stands, where JavaScript adds null as 0. */
function readDamagedVocabulary(): readonly ScoredPiece[] {
  const raw = JSON.parse(Buffer.from(readPackageFile('vocab.json')).toString('utf8')) as [
    string,
    number | null,
  ][];
  return raw.map(([piece, score]) => [piece, score ?? 0]);
}

describe('unigram tokenizer', () => {
  it('gives the package’s ids on 866 recorded texts, under its rules', () => {
    const twin = createUnigramTokenizer(
      readDamagedVocabulary(),
      Number.POSITIVE_INFINITY,
      packageRules,
    );
    for (const { text, ids } of recorded)
      expect(Array.from(twin.encode(text)), JSON.stringify(text)).toEqual(ids);
  });

  it('gives the package’s ids on real texts under the standard rules, too', () => {
    for (const { text, ids } of recorded.slice(0, realTexts))
      expect(Array.from(uncut.encode(text)), text).toEqual(ids);
  });

  it('differs from the package where its scores are lost', () => {
    expect(toPieces(uncut.encode(':)'))).toEqual(['▁:)']);
    expect(recorded.find(({ text }) => text === ':)')?.ids).toHaveLength(3);
  });

  it('gives the ids that Hugging Face’s library finds with the exported tokenizer.json', () => {
    const json: object = JSON.parse(toTokenizerJson(vocabulary, 128));
    const library = new Tokenizer(json, {});
    const encode = (text: string) => library.encode(text, { add_special_tokens: false }).ids;
    for (const { text } of recorded)
      if (text !== '')
        expect(Array.from(uncut.encode(text)), JSON.stringify(text)).toEqual(encode(text));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(Array.from(uncut.encode(text))).toEqual(encode(text));
      }),
    );
  });

  it('loses no text but what the vocabulary does not know', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const ids = uncut.encode(text);
        const joined = toPieces(ids).join('').replaceAll('▁', ' ');
        if (!ids.includes(0)) expect(joined).toBe(text === '' ? '' : ` ${text}`);
      }),
    );
  });

  it('cuts at the maximum length', () => {
    expect(tokenizer.encode('a b '.repeat(200))).toHaveLength(128);
  });
});

describe('words', () => {
  const text = 'book 2 tables, at 5pm';
  const words = Array.from(text.matchAll(/\w+|,/gu), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));

  it('gives each word pieces of its own', () => {
    const { ids, firstPieces } = tokenizer.encodeWords(text, words);
    for (const [i, { start, end }] of words.entries()) {
      const own = toPieces(ids).slice(firstPieces[i], firstPieces[i + 1]);
      expect(own.join('').replace('▁', '')).toBe(text.slice(start, end));
    }
  });

  it('gives the ids of the whole text where words are divided by spaces', () => {
    const plain = 'please book a table for two';
    const spans = Array.from(plain.matchAll(/\S+/gu), ({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
    }));
    expect(tokenizer.encodeWords(plain, spans).ids).toEqual(tokenizer.encode(plain));
  });

  it('says -1 for words past the cut', () => {
    const { ids, firstPieces } = createUnigramTokenizer(vocabulary, 3).encodeWords(text, words);
    expect(ids).toHaveLength(3);
    expect(firstPieces.at(-1)).toBe(-1);
  });
});
