import type { Input } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { pauseWhenDue } from '../pause.ts';
import { createHashIndex } from './hash-index.ts';
import { createNgramHasher, isWordHash } from './ngrams.ts';

/** The n-grams that a student knows, most frequent first: their hashes (no text) and how much each weighs. */
export interface Vocabulary {
  readonly hashes: Uint32Array;
  readonly weights: Float32Array;
}

/** An n-gram of one example only would tell more about that example than about its class. */
const MINIMUM_EXAMPLES = 2;
/** This and the root below were chosen on validation rows of Banking77 and CLINC150. */
const WORD_BOOST = 1.5;

/** Counts in how many inputs each n-gram occurs. Shapes: `hashes` and `weights` [F]. */
export async function fitVocabulary(inputs: readonly Input[], work: Work): Promise<Vocabulary> {
  const hash = createNgramHasher();
  const index = createHashIndex(1 << 16);
  let documents = new Uint32Array(1 << 16);
  let lastInput = new Int32Array(1 << 16).fill(-1);
  const pause = pauseWhenDue(work.signal);

  for (let n = 0; n < inputs.length; n++) {
    await pause();
    const { hashes, count } = hash(inputs[n]!);
    for (let i = 0; i < count; i++) {
      const feature = index.add(hashes[i]!);
      if (feature >= documents.length) {
        documents = enlarge(documents, new Uint32Array(documents.length * 2));
        lastInput = enlarge(lastInput, new Int32Array(lastInput.length * 2).fill(-1));
      }
      if (lastInput[feature] === n) continue;
      lastInput[feature] = n;
      documents[feature]!++;
    }
  }

  const all = index.hashes();
  const kept = Array.from(all.keys()).filter((k) => documents[k]! >= MINIMUM_EXAMPLES);
  kept.sort((a, b) => documents[b]! - documents[a]! || all[a]! - all[b]!);
  return {
    hashes: Uint32Array.from(kept, (k) => all[k]!),
    // weight = sqrt(ln((1 + N) / (1 + documents)) + 1), times 1.5 for words
    weights: Float32Array.from(kept, (k) => {
      const idf = Math.log((1 + inputs.length) / (1 + documents[k]!)) + 1;
      return Math.sqrt(idf) * (isWordHash(all[k]!) ? WORD_BOOST : 1);
    }),
  };
}

function enlarge<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
