import type { TextSpan, WordPieces } from '../backbone.ts';
import { createPieceTrie } from './piece-trie.ts';

/** A piece and its log probability. A missing one counts as 0, as in the package that ships the vocabulary. */
export type ScoredPiece = readonly [piece: string, score: number | null];

/** Turns text into ids of the vocabulary. */
export interface UnigramTokenizer {
  encode(text: string): Int32Array;
  encodeWords(text: string, words: readonly TextSpan[]): WordPieces;
}

const unknownId = 0;
const reservedIds = 6;
const space = '\u2581';

/**
 * SentencePiece's unigram model: the sequence of pieces with the largest sum of scores, by Viterbi.
 * It keeps the quirks of `@energetic-ai/embeddings`, whose ids the weights were checked with: a sum
 * of exactly 0 counts as "not reached yet", equal sums go to the later start, a character that begins
 * no piece costs nothing, and neighbouring unknowns are one.
 * @see Kudo, "Subword Regularization", 2018, section 3.2
 */
export function createUnigramTokenizer(
  vocabulary: readonly ScoredPiece[],
  maxLength: number,
): UnigramTokenizer {
  const trie = createPieceTrie(
    vocabulary.map(([piece], id) => [id, piece] as const).slice(reservedIds),
  );
  const scores = Float64Array.from(vocabulary, ([, score]) => score ?? 0);
  const lengths = Uint8Array.from(vocabulary, ([piece]) => piece.length);
  let best = new Float64Array(256);
  let arrivedBy = new Int32Array(256);

  function relax(end: number, score: number, id: number): void {
    if (best[end] !== 0 && score < best[end]!) return;
    best[end] = score;
    arrivedBy[end] = id;
  }

  function encodeNormalised(text: string): number[] {
    const size = text.length + 1;
    if (best.length < size) {
      best = new Float64Array(2 * size);
      arrivedBy = new Int32Array(2 * size);
    }
    best.fill(0, 0, size);
    arrivedBy.fill(unknownId, 0, size);
    // best[end] = max over pieces text[start, end) of best[start] + score(piece)
    for (let start = 0; start < text.length; start++) {
      let hasPiece = false;
      let node = 0;
      for (let end = start; end < text.length; end++) {
        node = trie.child(node, text.charCodeAt(end));
        if (node === 0) break;
        const id = trie.pieceAt[node]!;
        if (id < 0) continue;
        hasPiece = true;
        relax(end + 1, best[start]! + scores[id]!, id);
      }
      if (!hasPiece) relax(start + 1, best[start]!, unknownId);
    }
    const ids: number[] = [];
    for (let end = text.length; end > 0; end -= lengths[arrivedBy[end]!]!) {
      const id = arrivedBy[end]!;
      if (id !== unknownId || ids.at(-1) !== unknownId) ids.push(id);
    }
    return ids.reverse();
  }

  const normalise = (text: string) => text.normalize('NFKC').replaceAll(' ', space);

  return {
    encode(text) {
      const ids = text === '' ? [] : encodeNormalised(space + normalise(text));
      return Int32Array.from(ids.length > maxLength ? ids.slice(0, maxLength) : ids);
    },
    encodeWords(text, words) {
      const ids: number[] = [];
      const firstPieces = new Int32Array(words.length).fill(-1);
      for (const [index, { start, end }] of words.entries()) {
        if (ids.length >= maxLength) break;
        const isAfterSpace = start === 0 || /\s/u.test(text[start - 1]!);
        const pieces = encodeNormalised(
          (isAfterSpace ? space : '') + normalise(text.slice(start, end)),
        );
        firstPieces[index] = ids.length;
        for (const id of pieces.length === 0 ? [unknownId] : pieces) ids.push(id);
      }
      return { ids: Int32Array.from(ids.slice(0, maxLength)), firstPieces };
    },
  };
}
