// Features of words, as rows of the model's table; the rules and lists are those of word-features.json.
import { createWordReader } from './words.mjs';

const PRIME = 0x01000193;
const EDGE_HASH = 0x51ed270b;
const EDGE_SHAPE = 31;
const LONGEST_AFFIX = 5;
const LONGEST_PHRASE = 12;
const numbersOf = (base64) => new Uint32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
const indexOf = (list) => new Map(Array.from(list, (hash, i) => [hash, i]));
const step = (hash, point) => Math.imul(hash ^ point, PRIME);
const join = (kind, first, second = 0) => step(step(Math.imul(kind, PRIME), first), second) >>> 0;

// Beginnings of a list of code points, of 1 to 5 of them.
function affixes(kind, points) {
  let hash = kind;
  return points.slice(0, LONGEST_AFFIX).map((point, i) => {
    hash = step(hash, point);
    return join(kind + i + 1, hash);
  });
}

export function createWordFeatures(rules) {
  const readWords = createWordReader(rules);
  const rowOf = indexOf(numbersOf(rules.hashes));
  const [phrases, places, starts, ks, counts] = ['hashes', 'places', 'starts', 'ks', 'counts'].map(
    (name) => numbersOf(rules.gazetteer[name]),
  );
  const phraseOf = indexOf(phrases);

  // For each word and slot the longest known value that covers the word.
  function findValues(words) {
    const covering = words.map(() => new Map());
    words.forEach((_, from) => {
      let hash = 0x1b873593;
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_PHRASE); to++) {
        hash = step(hash, words[to - 1].hash);
        const p = phraseOf.get(hash >>> 0);
        if (p === undefined) continue;
        for (let j = starts[p]; j < starts[p + 1]; j++)
          for (let w = from; w < to; w++) {
            const known = covering[w].get(ks[j]);
            if (known && known.to - known.from >= to - from) continue;
            const value = { k: ks[j], from, to, count: counts[j], share: counts[j] / places[p] };
            covering[w].set(ks[j], value);
          }
      }
    });
    return covering;
  }

  function hashValue({ k, from, to, count, share }, w) {
    const place = to - from === 1 ? 0 : w === from ? 1 : w === to - 1 ? 2 : 3;
    const own = k * 4 + place;
    const trust = share >= 0.95 ? 3 : share >= 0.5 ? 2 : share >= 0.1 ? 1 : 0;
    const fame = count >= 10 ? 2 : count >= 2 ? 1 : 0;
    const long = (trust * 4 + Math.min(to - from, 4)) * 4 + fame;
    return [join(60, own), join(61, own, trust), join(62, own, long)];
  }

  function hashWord(words, w) {
    const hashAt = (i) => words[i]?.hash ?? EDGE_HASH;
    const shapeAt = (i) => words[i]?.shape ?? EDGE_SHAPE;
    const { hash, shape, points } = words[w];
    return [
      join(1, 0),
      join(2, hash),
      join(4, hashAt(w - 2)),
      join(5, hashAt(w - 1)),
      join(6, hashAt(w + 1)),
      join(7, hashAt(w + 2)),
      join(10, hashAt(w - 1), hash),
      join(11, hash, hashAt(w + 1)),
      join(12, hashAt(w - 2), hashAt(w - 1)),
      join(13, hashAt(w + 1), hashAt(w + 2)),
      join(16, hashAt(w - 1), hashAt(w + 1)),
      ...affixes(20, points),
      ...affixes(30, points.toReversed()),
      join(40, shape),
      join(41, shapeAt(w - 1), shape),
      join(42, shape, shapeAt(w + 1)),
      join(43, shapeAt(w - 1) * 32 + shape, shapeAt(w + 1)),
      join(46, hash, shape),
      join(45, Math.min(w, 3), 0),
      join(45, Math.min(words.length - 1 - w, 2), 1),
    ];
  }

  // The words of a text, and for each the rows of its known features.
  return (text) => {
    const words = readWords(text);
    const values = findValues(words);
    const features = words.map((_, w) =>
      [...hashWord(words, w), ...[...values[w].values()].flatMap((value) => hashValue(value, w))]
        .map((hash) => rowOf.get(hash))
        .filter((row) => row !== undefined),
    );
    return { words, features };
  };
}
