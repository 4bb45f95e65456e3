import type { Example } from '../store/examples.ts';
import { createUnionFind } from './union-find.ts';

type Member = Pick<Example, 'id' | 'parentId' | 'groupKey'>;

/**
 * The group of each example: whatever descends from one example, came in with one group key, or repeats another one
 * belongs together. A group is named by the id of its first example.
 */
export function groupExamples(
  examples: readonly Member[],
  repeats: readonly (readonly [number, number])[],
): Map<number, number> {
  const indexOf = new Map(examples.map(({ id }, index) => [id, index]));
  const sets = createUnionFind(examples.length);
  const firstOfKey = new Map<string, number>();

  const join = (index: number, otherId: number | null) => {
    const other = otherId === null ? undefined : indexOf.get(otherId);
    if (other !== undefined) sets.union(index, other);
  };
  examples.forEach(({ parentId, groupKey }, index) => {
    join(index, parentId);
    if (groupKey === null) return;
    const first = firstOfKey.get(groupKey);
    if (first === undefined) firstOfKey.set(groupKey, index);
    else sets.union(index, first);
  });
  for (const [id, otherId] of repeats) {
    const index = indexOf.get(id);
    if (index !== undefined) join(index, otherId);
  }
  return new Map(examples.map(({ id }, index) => [id, examples[sets.find(index)]!.id]));
}
