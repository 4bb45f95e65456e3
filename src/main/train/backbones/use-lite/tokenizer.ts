import type { TextTokenizer } from '../backbone.ts';
import { createPieceTrie } from './piece-trie.ts';
import { reservedIds, type ScoredPiece } from './vocabulary.ts';

/** Where implementations of the unigram model differ. */
export interface UnigramRules {
  /** The sum of a place that no piece has reached; any path replaces it. */
  readonly unreached: number;
  /** Whether a later start wins over an equal earlier one. */
  readonly prefersLaterTie: boolean;
  /** The score of a character that is unknown. */
  readonly unknownScore: number;
  /** Whether a character counts as unknown only if no piece begins with it, not already if it is no piece itself. */
  readonly knowsBeginnings: boolean;
}

/** How far below the worst piece an unknown character is; SentencePiece's own number. */
const unknownPenalty = 10;

/** SentencePiece's rules, which the `tokenizers` libraries of Hugging Face share. */
const standardRules = (vocabulary: readonly ScoredPiece[]): UnigramRules => ({
  unreached: Number.NEGATIVE_INFINITY,
  prefersLaterTie: false,
  unknownScore: vocabulary.reduce((least, [, score]) => Math.min(least, score), 0) - unknownPenalty,
  knowsBeginnings: false,
});

const unknownId = 0;
const space = '\u2581';

/**
 * SentencePiece's unigram model: the sequence of pieces with the largest sum of scores, by Viterbi.
 * Neighbouring unknown characters are one piece.
 * @see Kudo, "Subword Regularization", 2018, section 3.2
 */
export function createUnigramTokenizer(
  vocabulary: readonly ScoredPiece[],
  maxLength: number,
  rules: UnigramRules = standardRules(vocabulary),
): TextTokenizer {
  const trie = createPieceTrie(
    vocabulary.map(([piece], id) => [id, piece] as const).slice(reservedIds),
  );
  const scores = Float64Array.from(vocabulary, ([, score]) => score);
  // Of each place: the best sum of a path that ends there, its last piece, and where that one begins.
  let best = new Float64Array(256);
  let pieces = new Int32Array(256);
  let starts = new Int32Array(256);

  function relax(start: number, end: number, id: number, score: number): void {
    const sum = best[start]! + score;
    const isTie = sum === best[end]! && rules.prefersLaterTie;
    if (best[end] !== rules.unreached && !(sum > best[end]! || isTie)) return;
    best[end] = sum;
    pieces[end] = id;
    starts[end] = start;
  }

  function reset(places: number): void {
    if (best.length < places) {
      best = new Float64Array(2 * places);
      pieces = new Int32Array(2 * places);
      starts = new Int32Array(2 * places);
    }
    best.fill(rules.unreached, 0, places);
    best[0] = 0;
    for (let place = 1; place < places; place++) {
      pieces[place] = unknownId;
      starts[place] = place - 1;
    }
  }

  function encodeNormalised(text: string): number[] {
    reset(text.length + 1);
    // best[end] = max over pieces text[start, end) of best[start] + score(piece)
    for (let start = 0; start < text.length; ) {
      const next = start + (text.codePointAt(start)! > 0xffff ? 2 : 1);
      let isKnown = false;
      let node = 0;
      for (let end = start; end < text.length; end++) {
        node = trie.child(node, text.charCodeAt(end));
        if (node === 0) break;
        const id = trie.pieceAt[node]!;
        if (id < 0) continue;
        isKnown ||= rules.knowsBeginnings || end + 1 === next;
        relax(start, end + 1, id, scores[id]!);
      }
      if (!isKnown) relax(start, next, unknownId, rules.unknownScore);
      start = next;
    }
    const ids: number[] = [];
    for (let end = text.length; end > 0; end = starts[end]!) {
      const id = pieces[end]!;
      if (id !== unknownId || ids.at(-1) !== unknownId) ids.push(id);
    }
    return ids.reverse();
  }

  const normalise = (text: string) => text.normalize('NFKC').replaceAll(' ', space);

  return {
    maxLength,
    encode(text) {
      const ids = text === '' ? [] : encodeNormalised(space + normalise(text));
      return Int32Array.from(ids.length > maxLength ? ids.slice(0, maxLength) : ids);
    },
    encodeWords(text, words) {
      const ids: number[] = [];
      const firstPieces = new Int32Array(words.length).fill(-1);
      for (const [index, { start, end }] of words.entries()) {
        if (ids.length >= maxLength) break;
        const prefix = start === 0 || /\s/u.test(text[start - 1]!) ? space : '';
        const pieces = encodeNormalised(prefix + normalise(text.slice(start, end)));
        firstPieces[index] = ids.length;
        for (const id of pieces.length === 0 ? [unknownId] : pieces) ids.push(id);
      }
      const kept = Int32Array.from(ids.slice(0, maxLength));
      return { ids: kept, firstPieces, end: kept.length };
    },
  };
}
