import type { TrainingSet } from './student.ts';

/**
 * The name of each class that has rows is one more example of it: .9 points for a network that has seen ten of each, and
 * nothing lost with ninety (docs/benchmarks.md).
 */
export function withClassNames(set: TrainingSet): TrainingSet {
  const seen = new Set<number>();
  set.targets.forEach((target, row) => {
    if (set.weights[row]! <= 0) return;
    if (typeof target === 'number') seen.add(target);
    else for (const { classIndex } of target) seen.add(classIndex);
  });
  const named = [...seen].sort((a, b) => a - b);
  const toName = (classIndex: number) => set.classes[classIndex]!.replaceAll(/[_.\-/]+/gu, ' ');
  return {
    classes: set.classes,
    inputs: [...set.inputs, ...named.map((classIndex) => ({ text: toName(classIndex) }))],
    targets: [...set.targets, ...named],
    weights: [...set.weights, ...named.map(() => 1)],
  };
}
