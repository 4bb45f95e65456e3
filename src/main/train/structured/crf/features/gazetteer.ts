import { createHashIndex, type HashIndex } from '../../../features/hash-index.ts';
import type { TaggedSpan } from '../lattice.ts';

const FNV_PRIME = 0x01000193;
const PHRASE_SEED = 0x1b873593;
/** Values of more words are not looked up. */
const LONGEST_PHRASE = 12;

/**
 * The values seen in training, as hashes of their words: no text. Phrase p stood in places[p] places of the training
 * texts, and was the value of slot ks[j] in counts[j] of them, for j from starts[p] up to starts[p + 1].
 * Shapes: hashes, places [P], starts [P + 1], ks, counts [starts[P]].
 */
export interface Gazetteer {
  readonly hashes: Uint32Array;
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  readonly ks: Uint32Array;
  readonly counts: Uint32Array;
}

/** A text to learn from: hashes of its words, and its values. */
export interface TaggedText {
  readonly hashes: Int32Array;
  readonly spans: readonly TaggedSpan[];
}

/** A known value in a text, of slot k in `count` of its other places, which are this share of them. */
export interface Match extends TaggedSpan {
  readonly count: number;
  readonly share: number;
}

/** Collects the values of all texts. */
export function fitGazetteer(texts: readonly TaggedText[]): Gazetteer {
  const index = createHashIndex(1024);
  const slots: Map<number, number>[] = [];
  for (const { hashes, spans } of texts)
    for (const { k, from, to } of spans) {
      if (to - from > LONGEST_PHRASE) continue;
      const phrase = index.add(hashPhrase(hashes, from, to));
      slots[phrase] ??= new Map();
      slots[phrase].set(k, (slots[phrase].get(k) ?? 0) + 1);
    }
  const places = new Uint32Array(index.size);
  for (const { hashes } of texts)
    forEachPhrase(hashes, index, (phrase) => {
      places[phrase]!++;
    });
  const starts = new Uint32Array(index.size + 1);
  slots.forEach((own, phrase) => {
    starts[phrase + 1] = starts[phrase]! + own.size;
  });
  return {
    hashes: index.hashes(),
    places,
    starts,
    ks: Uint32Array.from(slots.flatMap((own) => [...own.keys()])),
    counts: Uint32Array.from(slots.flatMap((own) => [...own.values()])),
  };
}

/**
 * Finds the known values in a text. For a text that the gazetteer was made from, `own` names its values: the text is
 * then left out of the counts, so that a student trusts the list only as far as it will know the values of new texts.
 */
export function createGazetteerReader({
  hashes: known,
  places,
  starts,
  ks,
  counts,
}: Gazetteer): (hashes: Int32Array, own?: readonly TaggedSpan[]) => Match[] {
  const index = createHashIndex(known.length);
  for (const hash of known) index.add(hash);

  return (hashes, own) => {
    const found: { phrase: number; from: number; to: number }[] = [];
    forEachPhrase(hashes, index, (phrase, from, to) => void found.push({ phrase, from, to }));
    const ownPlaces = (phrase: number) =>
      own ? found.filter((match) => match.phrase === phrase).length : 0;
    const ownCount = (phrase: number, k: number) =>
      (own ?? []).filter(
        (value) =>
          value.k === k &&
          found.some((m) => m.phrase === phrase && m.from === value.from && m.to === value.to),
      ).length;
    return found.flatMap(({ phrase, from, to }) => {
      const matches: Match[] = [];
      for (let j = starts[phrase]!; j < starts[phrase + 1]!; j++) {
        const count = counts[j]! - ownCount(phrase, ks[j]!);
        const share = count / (places[phrase]! - ownPlaces(phrase));
        if (count > 0) matches.push({ k: ks[j]!, from, to, count, share });
      }
      return matches;
    });
  };
}

function hashPhrase(hashes: Int32Array, from: number, to: number): number {
  let hash = PHRASE_SEED;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ hashes[i]!, FNV_PRIME);
  return hash >>> 0;
}

function forEachPhrase(
  hashes: Int32Array,
  index: HashIndex,
  visit: (phrase: number, from: number, to: number) => void,
): void {
  for (let from = 0; from < hashes.length; from++) {
    let hash = PHRASE_SEED;
    for (let to = from + 1; to <= Math.min(hashes.length, from + LONGEST_PHRASE); to++) {
      hash = Math.imul(hash ^ hashes[to - 1]!, FNV_PRIME);
      const phrase = index.find(hash >>> 0);
      if (phrase >= 0) visit(phrase, from, to);
    }
  }
}
