// Splits a text into the pieces of tokenizer.json: the sequence whose scores have the largest sum (unigram model).
import { readFileSync } from 'node:fs';

const file = readFileSync(new URL('../tokenizer.json', import.meta.url), 'utf8');
const { model, truncation } = JSON.parse(file);
const pieces = new Map(model.vocab.map(([piece, score], id) => [piece, { id, score }]));
const longest = Math.max(...model.vocab.map(([piece]) => [...piece].length));
const unknownScore = Math.min(...model.vocab.map(([, score]) => score)) - 10;
const unknown = model.unk_id;
export const maxLength = truncation.max_length;
// Nothing special is put around a text.
export const before = [];
export const after = [];

export function tokenise(text) {
  return text === '' ? [] : encode(` ${text.normalize('NFKC')}`).slice(0, maxLength);
}

// The pieces of one word of a text.
export function pieceWord(word, { isFirst, isAfterSpace }) {
  const space = isFirst || isAfterSpace ? ' ' : '';
  const own = encode(space + word.normalize('NFKC'));
  return own.length > 0 ? own : [unknown];
}

// The pieces of a text that is normalised.
function encode(text) {
  const points = [...text.replaceAll(' ', '\u2581')];
  // Of each place: the best sum of a path that ends there, its last piece, and where that one begins.
  const paths = [{ sum: 0 }];
  const offer = (start, end, id, score) => {
    const sum = paths[start].sum + score;
    if (!paths[end] || sum > paths[end].sum) paths[end] = { sum, id, start };
  };
  for (let start = 0; start < points.length; start++) {
    let joined = '';
    for (let end = start; end < Math.min(start + longest, points.length); end++) {
      joined += points[end];
      const piece = pieces.get(joined);
      if (piece) offer(start, end + 1, piece.id, piece.score);
    }
    if (!pieces.has(points[start])) offer(start, start + 1, unknown, unknownScore);
  }
  const ids = [];
  for (let { id, start } = paths.at(-1); id !== undefined; { id, start } = paths[start])
    if (id !== unknown || ids.at(-1) !== id) ids.push(id); // unknown neighbours are one piece
  return ids.reverse();
}
