import type { SparseMatrix } from '../../../features/featuriser.ts';
import { createHashIndex, type HashIndex } from '../../../features/hash-index.ts';
import type { WordFeatures } from './word-features.ts';

/** The features that occur in at least `minimumRows` of the texts, most frequent first. Shapes: result [F]. */
export function fitWordVocabulary(
  rows: readonly WordFeatures[],
  minimumRows: number,
  maximum: number,
): Uint32Array {
  const index = createHashIndex(1 << 16);
  let counts = new Uint32Array(1 << 17);
  let lastRow = new Int32Array(1 << 17).fill(-1);
  rows.forEach(({ hashes }, row) => {
    for (const hash of hashes) {
      const feature = index.add(hash);
      if (feature >= counts.length) {
        counts = double(counts, new Uint32Array(counts.length * 2));
        lastRow = double(lastRow, new Int32Array(lastRow.length * 2).fill(-1));
      }
      if (lastRow[feature] === row) continue;
      lastRow[feature] = row;
      counts[feature]!++;
    }
  });
  const all = index.hashes();
  return Uint32Array.from(
    Array.from(all.keys())
      .filter((feature) => counts[feature]! >= minimumRows)
      .sort((a, b) => counts[b]! - counts[a]! || all[a]! - all[b]!)
      .slice(0, maximum),
    (feature) => all[feature]!,
  );
}

function double<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** An index of the vocabulary, for `toWordMatrix`. */
export function indexVocabulary(vocabulary: Uint32Array): HashIndex {
  const index = createHashIndex(vocabulary.length);
  for (const hash of vocabulary) index.add(hash);
  return index;
}

/** The known features of a text's words, each of value 1: a row for each word. */
export function toWordMatrix(
  { starts, hashes }: WordFeatures,
  vocabulary: HashIndex,
): SparseMatrix {
  const rows = starts.length - 1;
  const kept = new Int32Array(rows + 1);
  const indices = new Int32Array(hashes.length);
  const unseenShares = new Float32Array(rows);
  let filled = 0;
  for (let w = 0; w < rows; w++) {
    for (let i = starts[w]!; i < starts[w + 1]!; i++) {
      const feature = vocabulary.find(hashes[i]!);
      if (feature >= 0) indices[filled++] = feature;
    }
    kept[w + 1] = filled;
    unseenShares[w] = 1 - (filled - kept[w]!) / (starts[w + 1]! - starts[w]!);
  }
  return {
    rows,
    columns: vocabulary.size,
    starts: kept,
    indices: indices.slice(0, filled),
    values: new Float32Array(filled).fill(1),
    unseenShares,
  };
}
