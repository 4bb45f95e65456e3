import { createFormReader } from '../../words/forms.ts';
import { splitWords, type Words } from '../../words/words.ts';
import type { TaggedSpan } from '../lattice.ts';
import { createGazetteerReader, type Gazetteer, type Match } from './gazetteer.ts';
import { listFeatures, listMatchFeatures } from './templates.ts';

/** The hashed features of each word of a text. Shapes: `starts` [L + 1] into `hashes`. */
export interface WordFeatures {
  readonly words: Words;
  readonly starts: Int32Array;
  readonly hashes: Uint32Array;
}

/** Reads the features of texts; of a training text `own` are the values (see `createGazetteerReader`). */
export function createWordFeatureReader(
  gazetteer: Gazetteer,
): (text: string, own?: readonly TaggedSpan[]) => WordFeatures {
  const readForms = createFormReader();
  const findMatches = createGazetteerReader(gazetteer);
  return (text, own) => {
    const words = splitWords(text);
    const forms = readForms(words);
    const covering = longestOfEachSlot(findMatches(forms.hashes, own), forms.count);
    const hashes: number[] = [];
    const starts = new Int32Array(forms.count + 1);
    const emit = (hash: number) => void hashes.push(hash);
    for (let w = 0; w < forms.count; w++) {
      listFeatures(forms, w, emit);
      for (const match of covering[w]!.values()) listMatchFeatures(match, w, emit);
      starts[w + 1] = hashes.length;
    }
    return { words, starts, hashes: Uint32Array.from(hashes) };
  };
}

/** For each word and slot the longest match that covers the word; the first of equally long ones. */
function longestOfEachSlot(matches: readonly Match[], count: number): Map<number, Match>[] {
  const covering = Array.from({ length: count }, () => new Map<number, Match>());
  for (const match of matches)
    for (let w = match.from; w < match.to; w++) {
      const known = covering[w]!.get(match.k);
      if (!known || match.to - match.from > known.to - known.from) covering[w]!.set(match.k, match);
    }
  return covering;
}
