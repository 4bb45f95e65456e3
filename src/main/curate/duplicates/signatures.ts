import { type CanonicalTexts, wordRoles } from './canonical.ts';
import { hashWord, mix } from './hash-word.ts';
import { contractions } from './words.ts';

/** Families of signatures: two texts with an equal key in one family are compared. */
export type SignatureSink = (key: number, text: number) => void;

/** Up to so many words, every way of leaving out up to two is a signature. */
export const MAX_DELETION_WORDS = 10;
/** From so many on, MinHash bands: the ranges overlap by the two words that an edit may add. */
const MIN_MINHASH_WORDS = 8;
const MIN_LONG_WORDS = 24;
/** With this few content words all words count, so that "how is the time" has a signature at all. */
const FEW_CONTENT_WORDS = 3;

/**
 * MinHash bands. A pair of Jaccard similarity J meets with probability 1 - (1 - J^rows)^bands.
 * @see Broder, "On the resemblance and containment of documents", 1997
 */
const mediumBands = { bands: 16, rows: 3 } as const;
const longBands = { bands: 24, rows: 6 } as const;

/**
 * Families: deletion neighbourhoods by remaining size (content words 0..10, all words 11..21), then MinHash, then
 * the first and the last letters, which survive slips of the keys that break words apart.
 * A size is its own family, so that memory is needed for one at a time.
 */
export const familyCount = 2 * (MAX_DELETION_WORDS + 1) + 4;
const ALL_WORDS_FAMILY = MAX_DELETION_WORDS + 1;
const MEDIUM_FAMILY = 2 * (MAX_DELETION_WORDS + 1);
const LONG_FAMILY = MEDIUM_FAMILY + 1;
const BEGINNING_FAMILY = MEDIUM_FAMILY + 2;
const ENDING_FAMILY = MEDIUM_FAMILY + 3;

/** A hash for each word; a contraction counts as the word in it that matters, so that "is not" broken by a slip still meets "isn't". */
export function hashWords(words: readonly string[]): Uint32Array {
  return Uint32Array.from(words, (word) => hashWord(essence.get(word) ?? word));
}

const essence = new Map(
  contractions.map(([short, long]) => {
    const [first, last] = [long![0]!, long!.at(-1)!];
    return [short![0]!, last === 'not' || first === 'not' ? 'not' : first];
  }),
);

/** Emits the signatures of every listed text in one family. */
export function emitSignatures(
  texts: CanonicalTexts,
  hashes: Uint32Array,
  list: Uint32Array,
  family: number,
  sink: SignatureSink,
): void {
  const words = new Int32Array(MAX_DELETION_WORDS);
  if (family === BEGINNING_FAMILY || family === ENDING_FAMILY) {
    const edges = family === BEGINNING_FAMILY ? texts.beginnings : texts.endings;
    for (const text of list) if (edges[text] !== 0) sink(edges[text]!, text);
    return;
  }
  for (const text of list) {
    const content = countContent(texts, text);
    const start = texts.starts[text]!;
    const length = texts.starts[text + 1]! - start;
    if (family === MEDIUM_FAMILY) {
      if (content >= MIN_MINHASH_WORDS && content < MIN_LONG_WORDS + 2)
        emitBands(texts, hashes, text, mediumBands, sink);
    } else if (family === LONG_FAMILY) {
      if (content >= MIN_LONG_WORDS) emitBands(texts, hashes, text, longBands, sink);
    } else {
      const isAll = family >= ALL_WORDS_FAMILY;
      const size = isAll ? family - ALL_WORDS_FAMILY : family;
      const n = isAll ? length : content;
      if (isAll && content > FEW_CONTENT_WORDS) continue;
      if (n > MAX_DELETION_WORDS || n < size || n > size + 2) continue;
      if (size === 0) continue;
      if (size === 1 && n > 2) continue;
      gather(texts, text, isAll, words);
      emitDeletions(hashes, words, n, n - size, text, sink);
    }
  }
}

export function countContent(texts: CanonicalTexts, text: number): number {
  let count = 0;
  for (let p = texts.starts[text]!; p < texts.starts[text + 1]!; p++)
    if (isContent(texts, texts.tokens[p]!)) count++;
  return count;
}

const isContent = (texts: CanonicalTexts, word: number): boolean =>
  texts.roles[word] === wordRoles.content || texts.roles[word] === wordRoles.decisive;

function gather(texts: CanonicalTexts, text: number, isAll: boolean, into: Int32Array): void {
  let used = 0;
  for (let p = texts.starts[text]!; p < texts.starts[text + 1]!; p++)
    if (isAll || isContent(texts, texts.tokens[p]!)) into[used++] = texts.tokens[p]!;
}

/** The key of a bag of words is the sum of their hashes, so leaving a word out is a subtraction and order is no matter. */
function emitDeletions(
  hashes: Uint32Array,
  words: Int32Array,
  count: number,
  deletions: number,
  text: number,
  sink: SignatureSink,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = (sum + hashes[words[i]!]!) >>> 0;
  if (deletions === 0) sink(sum, text);
  else if (deletions === 1)
    for (let i = 0; i < count; i++) sink((sum - hashes[words[i]!]!) >>> 0, text);
  else
    for (let i = 0; i < count; i++)
      for (let j = i + 1; j < count; j++)
        sink((sum - hashes[words[i]!]! - hashes[words[j]!]!) >>> 0, text);
}

function emitBands(
  texts: CanonicalTexts,
  hashes: Uint32Array,
  text: number,
  { bands, rows }: { bands: number; rows: number },
  sink: SignatureSink,
): void {
  for (let band = 0; band < bands; band++) {
    let key = Math.imul(band + 1, 0x9e3779b1);
    for (let row = 0; row < rows; row++) {
      const salt = Math.imul(band * rows + row + 1, 0x85ebca6b);
      // h_k(text) = min over its words w of mix(hash(w) xor salt_k)
      let least = 0xffffffff;
      for (let p = texts.starts[text]!; p < texts.starts[text + 1]!; p++) {
        const word = texts.tokens[p]!;
        if (!isContent(texts, word)) continue;
        const value = mix(hashes[word]! ^ salt);
        if (value < least) least = value;
      }
      key = mix(key ^ least);
    }
    sink(key, text);
  }
}
