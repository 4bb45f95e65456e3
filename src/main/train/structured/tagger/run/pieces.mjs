// Cuts a text, word by word, into the pieces that the encoder reads.
import { encode, maxLength, tokenise, unknown } from './tokenise.mjs';

function cutWords(text, words) {
  const ids = [];
  const wordOf = [];
  words.forEach(({ start, end }, w) => {
    if (ids.length >= maxLength) return;
    const space = start === 0 || /\s/u.test(text[start - 1]) ? ' ' : '';
    const own = encode(space + text.slice(start, end).normalize('NFKC'));
    for (const id of own.length > 0 ? own : [unknown]) {
      ids.push(id);
      wordOf.push(w);
    }
  });
  return { ids, wordOf: wordOf.slice(0, maxLength) };
}

// What the encoder is fed: the pieces of text and context, and for each word which pieces to average.
export function feedPieces(ort, text, context, words) {
  const { ids: own, wordOf } = cutWords(text, words);
  const ids = [...own.slice(0, maxLength), ...(context ? tokenise(context) : [])].slice(0, maxLength);
  const length = Math.max(1, ids.length);
  const mask = new BigInt64Array(length).fill(1n, 0, ids.length);
  const pooling = new Float32Array(Math.max(1, words.length) * length);
  wordOf.forEach((word, i) => {
    pooling[word * length + i] = 1 / wordOf.filter((other) => other === word).length;
  });
  return {
    input_ids: new ort.Tensor('int64', BigInt64Array.from({ length }, (_, i) => BigInt(ids[i] ?? 0)), [1, length]),
    attention_mask: new ort.Tensor('int64', mask, [1, length]),
    pooling: new ort.Tensor('float32', pooling, [pooling.length / length, length]),
  };
}
