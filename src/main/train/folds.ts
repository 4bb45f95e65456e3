import { createRng } from '../lib/rng.ts';

/**
 * Deals rows into folds so that a group stays whole and each class is spread evenly: groups in seeded order, the
 * largest first, each to the fold that has the fewest rows of its class (then the fewest rows).
 * Shapes: classIndices, groups [N]; the result [N], in [0, folds).
 */
export function dealFolds(
  classIndices: readonly number[],
  groups: readonly (number | string)[],
  folds: number,
  seed: number,
): Int32Array {
  const members = new Map<number | string, number[]>();
  groups.forEach((group, row) => {
    const known = members.get(group);
    if (known) known.push(row);
    else members.set(group, [row]);
  });
  const dealt = createRng(seed).shuffle([...members.values()]);
  dealt.sort((a, b) => b.length - a.length);

  const foldOf = new Int32Array(classIndices.length);
  const sizes = new Int32Array(folds);
  const classSizes = new Map<number, Int32Array>();
  const sizesOf = (classIndex: number) => {
    const known = classSizes.get(classIndex) ?? new Int32Array(folds);
    classSizes.set(classIndex, known);
    return known;
  };
  for (const rows of dealt) {
    const ofClass = sizesOf(classIndices[rows[0]!]!);
    let best = 0;
    for (let f = 1; f < folds; f++) {
      const difference = ofClass[f]! - ofClass[best]!;
      if (difference < 0 || (difference === 0 && sizes[f]! < sizes[best]!)) best = f;
    }
    for (const row of rows) {
      foldOf[row] = best;
      sizes[best]!++;
      sizesOf(classIndices[row]!)[best]!++;
    }
  }
  return foldOf;
}
