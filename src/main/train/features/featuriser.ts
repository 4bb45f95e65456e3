import type { Input } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { pauseWhenDue } from '../pause.ts';
import { createHashIndex } from './hash-index.ts';
import { createNgramHasher } from './ngrams.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The features of one input: valid until the next call. Shapes: `indices` and `values` hold `count` entries. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float32Array;
  readonly count: number;
  /** Share of the input's n-grams that the vocabulary does not know, in [0, 1]. */
  readonly unseenShare: number;
}

/** Compressed sparse rows. Shapes: `starts` [N + 1]; `indices`, `values` [starts[N]]; `unseenShares` [N]. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
  /** Of each row, the share of n-grams outside the vocabulary. */
  readonly unseenShares: Float32Array;
}

/** Turns inputs into unit vectors: value = (1 + ln tf) * weight, divided by the length of the row. */
export function createFeaturiser(vocabulary: Vocabulary): (input: Input) => SparseRow {
  const hash = createNgramHasher();
  const index = createHashIndex(vocabulary.hashes.length);
  for (const known of vocabulary.hashes) index.add(known);
  const frequency = new Uint32Array(vocabulary.weights.length);
  let indices = new Int32Array(1024);
  let values = new Float32Array(1024);
  let products = new Float64Array(1024);
  const logarithms = Float64Array.from({ length: 64 }, (_, tf) => 1 + Math.log(tf));

  return (input) => {
    const { hashes, count: total } = hash(input);
    if (total > indices.length) {
      indices = new Int32Array(total * 2);
      values = new Float32Array(total * 2);
      products = new Float64Array(total * 2);
    }
    let count = 0;
    let unseen = 0;
    for (let i = 0; i < total; i++) {
      const feature = index.find(hashes[i]!);
      if (feature < 0) unseen++;
      else if (frequency[feature]!++ === 0) indices[count++] = feature;
    }
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const feature = indices[i]!;
      const tf = frequency[feature]!;
      const product = (tf < 64 ? logarithms[tf]! : 1 + Math.log(tf)) * vocabulary.weights[feature]!;
      products[i] = product;
      squares += product * product;
      frequency[feature] = 0;
    }
    const length = Math.sqrt(squares);
    for (let i = 0; i < count; i++) values[i] = products[i]! / length;
    return { indices, values, count, unseenShare: total === 0 ? 1 : unseen / total };
  };
}

/** All rows at once, for training. */
export async function featuriseAll(
  vocabulary: Vocabulary,
  inputs: readonly Input[],
  work: Work,
): Promise<SparseMatrix> {
  const featurise = createFeaturiser(vocabulary);
  const pause = pauseWhenDue(work.signal);
  const starts = new Int32Array(inputs.length + 1);
  let indices = new Int32Array(Math.max(1024, inputs.length * 160));
  let values = new Float32Array(indices.length);
  const unseenShares = new Float32Array(inputs.length);
  let filled = 0;
  for (let n = 0; n < inputs.length; n++) {
    await pause();
    const row = featurise(inputs[n]!);
    if (filled + row.count > indices.length) {
      const capacity = Math.ceil((filled + row.count) * 1.5);
      indices = enlarge(indices, new Int32Array(capacity));
      values = enlarge(values, new Float32Array(capacity));
    }
    indices.set(row.indices.subarray(0, row.count), filled);
    values.set(row.values.subarray(0, row.count), filled);
    filled += row.count;
    starts[n + 1] = filled;
    unseenShares[n] = row.unseenShare;
  }
  return {
    rows: inputs.length,
    columns: vocabulary.hashes.length,
    starts,
    indices: indices.slice(0, filled),
    values: values.slice(0, filled),
    unseenShares,
  };
}

export function enlarge<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
