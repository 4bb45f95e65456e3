import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import { padTexts } from '../../backbones/token-batch.ts';
import type { Words } from '../words/words.ts';
import type { Pieces } from './pieces.ts';

/**
 * What the encoder is fed of some texts: their pieces, padded to L, and for each word of all texts which pieces to
 * average. Shapes: input_ids, attention_mask [B, L], pooling [W, B L].
 */
export function feedPieces(
  texts: readonly { readonly words: Words; readonly pieces: Pieces }[],
): Record<string, Tensor> {
  const length = texts.reduce((longest, { pieces }) => Math.max(longest, pieces.ids.length), 1);
  const B = Math.max(1, texts.length);
  const wordCount = Math.max(
    1,
    texts.reduce((sum, { words }) => sum + words.starts.length, 0),
  );
  const { ids, mask } = padTexts(
    texts.map(({ pieces }) => pieces.ids),
    length,
    B,
  );
  const pooling = new Float32Array(wordCount * B * length);
  let firstWord = 0;
  texts.forEach(({ words, pieces: { wordOf } }, b) => {
    const counts = new Int32Array(words.starts.length);
    for (const word of wordOf) if (word >= 0) counts[word]!++;
    wordOf.forEach((word, piece) => {
      if (word >= 0) pooling[((firstWord + word) * B + b) * length + piece] = 1 / counts[word]!;
    });
    firstWord += words.starts.length;
  });
  return {
    input_ids: createTensor('int64', [B, length], BigInt64Array.from(ids, BigInt)),
    attention_mask: createTensor('int64', [B, length], BigInt64Array.from(mask, BigInt)),
    pooling: createTensor('float32', [wordCount, B * length], pooling),
  };
}
