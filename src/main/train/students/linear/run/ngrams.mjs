// N-grams of texts, as rows of the model's table; the rules and lists are those of features.json.
import { readFileSync } from 'node:fs';

const rules = JSON.parse(readFileSync(new URL('../features.json', import.meta.url), 'utf8'));
const bytesOf = (base64) => new Uint8Array(Buffer.from(base64, 'base64')).buffer;
const weights = new Float32Array(bytesOf(rules.weights));
const indexOf = new Map(Array.from(new Uint32Array(bytesOf(rules.hashes)), (h, i) => [h, i]));

const isIn = (ranges, point) => ranges.some(([first, last]) => point >= first && point <= last);
const decompose = (text) => text.normalize('NFKD');
const step = (hash, point) => Math.imul(hash ^ point, 0x01000193);

// Words of a text, each an array of code points.
function wordsOf(text) {
  const words = [[]];
  for (const character of text) {
    const point = character.codePointAt(0);
    if (isIn(rules.dropped, point)) continue;
    const isLone = point >= 0xd800 && point <= 0xdfff;
    const folded = isIn(rules.folded, point)
      ? decompose(decompose(character).toLowerCase())
      : character;
    for (const part of isLone ? '\ufffd' : folded) {
      if (isIn(rules.separators, part.codePointAt(0))) words.push([]);
      else words.at(-1).push(part.codePointAt(0));
    }
  }
  return words.filter((word) => word.length > 0);
}

// Hashes of words, pairs of words (next to each other, one apart), and 2 to 5 characters within " word ".
function hashesOf(text, salt) {
  const words = wordsOf(text);
  const hashes = [];
  const emit = (hash, lastBit) => hashes.push((((hash ^ salt) & ~1) | lastBit) >>> 0);
  const own = words.map((word) => word.reduce(step, 0x2f0b4c47));
  own.forEach((hash, i) => {
    emit(hash, 1);
    if (i > 0) emit(step(step(own[i - 1], 0x20), hash), 1);
    if (i > 1) emit(step(step(own[i - 2], 0x5f), hash), 1);
  });
  const points = words.length === 0 ? [0x20] : [0x20, ...words.flatMap((word) => [...word, 0x20])];
  for (let start = 0; start < points.length - 1; start++) {
    let hash = step(0x811c9dc5, points[start]);
    for (let i = start + 1; i < Math.min(start + 5, points.length); i++) {
      hash = step(hash, points[i]);
      emit(hash, 0);
      if (points[i] === 0x20) break;
    }
  }
  return hashes;
}

// Known n-grams with (1 + ln count) * weight, divided by the length of the vector; and the share of unknown ones.
export function featurise(text, context = null) {
  const hashes = [...hashesOf(text, 0), ...(context ? hashesOf(context, 0x9e3779b9) : [])];
  const counts = new Map();
  for (const hash of hashes) {
    const index = indexOf.get(hash);
    if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const indices = [...counts.keys()];
  const products = indices.map((index) => (1 + Math.log(counts.get(index))) * weights[index]);
  const length = Math.sqrt(products.reduce((sum, value) => sum + value * value, 0));
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    indices,
    values: products.map((value) => value / length),
    unseenShare: hashes.length === 0 ? 1 : (hashes.length - known) / hashes.length,
  };
}
