import type { Store } from '../store/store.ts';
import type { Share } from './students/student.ts';

/**
 * Soft targets from a teacher that was asked more than once or that gave probabilities: the mean share of each
 * class over its valid answers. Rows on which all answers agree are left out: their label says it all.
 */
export function countVotes(
  store: Store,
  classIndexOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, readonly Share[]> {
  const sums = new Map<number, Map<number, number>>();
  for (const { exampleId, output, isValid, probabilities } of store.labels.byAuthor('teacher')) {
    if (!isValid || typeof output !== 'string') continue;
    let shares = sums.get(exampleId);
    if (!shares) {
      shares = new Map();
      sums.set(exampleId, shares);
    }
    for (const [label, share] of Object.entries(probabilities ?? { [output]: 1 })) {
      const classIndex = classIndexOf.get(label);
      if (classIndex !== undefined && share > 0)
        shares.set(classIndex, (shares.get(classIndex) ?? 0) + share);
    }
  }
  const votes = new Map<number, readonly Share[]>();
  for (const [exampleId, shares] of sums) {
    if (shares.size < 2) continue;
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    votes.set(
      exampleId,
      [...shares].map(([classIndex, share]) => ({ classIndex, share: share / total })),
    );
  }
  return votes;
}
