import { isHeldOut } from '../../shared/domain/example.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Example } from '../store/examples.ts';

/** Examples of each label of a classification outside holdout and calibration, labels without any included. */
export function countClasses(task: Task, examples: readonly Example[]): Map<string, number> {
  const counts = new Map<string, number>((task.labels ?? []).map((label) => [label, 0]));
  for (const example of examples) {
    const { label, status } = example;
    if (!label?.isValid || status === 'rejected' || isHeldOut(example)) continue;
    const count = counts.get(String(label.output));
    if (count !== undefined) counts.set(String(label.output), count + 1);
  }
  return counts;
}
