import type { Input } from '../../../../shared/domain/prediction.ts';
import type { TextTokenizer } from '../../backbones/backbone.ts';
import { splitWords, type Words } from '../words/words.ts';

/** What the encoder reads of one input. */
export interface Pieces {
  /** Of the text alone. */
  readonly words: Words;
  /** How many of them the encoder sees; the others are cut. */
  readonly wordCount: number;
  /** Pieces of the words, then those of the context. Shapes: [L] */
  readonly ids: Int32Array;
  /** The word that each is a piece of, -1 for none. Shapes: [L] */
  readonly wordOf: Int32Array;
}

/** Cuts an input into pieces: the text first, since what is too long is cut at its end. */
export function createPieceReader(
  tokenizer: Pick<TextTokenizer, 'encode' | 'encodeWords'>,
  maxLength: number,
): (input: Input) => Pieces {
  return ({ text, context }) => {
    const words = splitWords(text);
    const spans = Array.from(words.starts, (start, i) => ({ start, end: words.ends[i]! }));
    const { ids: own, firstPieces, end } = tokenizer.encodeWords(text, spans);
    const ids = Int32Array.from([...own, ...(context ? tokenizer.encode(context) : [])]).subarray(
      0,
      maxLength,
    );
    const wordOf = new Int32Array(ids.length).fill(-1);
    const wordCount = firstPieces.findLastIndex((first) => first >= 0) + 1;
    for (let word = 0; word < wordCount; word++)
      wordOf.fill(word, firstPieces[word]!, word + 1 < wordCount ? firstPieces[word + 1]! : end);
    return { words, wordCount, ids, wordOf };
  };
}
