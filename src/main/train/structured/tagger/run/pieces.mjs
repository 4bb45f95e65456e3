// Cuts a text, word by word, into the pieces that the encoder reads.
import { after, before, maxLength, pieceWord, tokenise } from './tokenise.mjs';

const room = Math.max(0, maxLength - before.length - after.length);

// Pieces with what is put around them, and the word of each, -1 for none.
function cutWords(text, words) {
  const ids = [];
  const wordOf = [];
  words.forEach(({ start, end }, w) => {
    if (ids.length >= room) return;
    const place = { isFirst: start === 0, isAfterSpace: start > 0 && /\s/u.test(text[start - 1]) };
    for (const id of pieceWord(text.slice(start, end), place)) {
      ids.push(id);
      wordOf.push(w);
    }
  });
  const none = (pieces) => pieces.map(() => -1);
  return {
    ids: [...before, ...ids.slice(0, room), ...after],
    wordOf: [...none(before), ...wordOf.slice(0, room), ...none(after)],
  };
}

// What the encoder is fed: the pieces of text and context, and for each word which pieces to average.
export function feedPieces(ort, text, context, words) {
  const { ids: own, wordOf } = cutWords(text, words);
  const ids = [...own, ...(context ? tokenise(context) : [])].slice(0, maxLength);
  const length = Math.max(1, ids.length);
  const mask = new BigInt64Array(length).fill(1n, 0, ids.length);
  const pooling = new Float32Array(Math.max(1, words.length) * length);
  wordOf.forEach((word, i) => {
    if (word < 0) return;
    pooling[word * length + i] = 1 / wordOf.filter((other) => other === word).length;
  });
  return {
    input_ids: new ort.Tensor('int64', BigInt64Array.from({ length }, (_, i) => BigInt(ids[i] ?? 0)), [1, length]),
    attention_mask: new ort.Tensor('int64', mask, [1, length]),
    pooling: new ort.Tensor('float32', pooling, [pooling.length / length, length]),
  };
}
