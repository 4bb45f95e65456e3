import type { EvaluationReport } from '../../shared/contract/evaluate.ts';
import type { Confusion } from '../augment/strategies/strategy.ts';
import type { Store } from '../store/store.ts';

/**
 * Labels that are taken for each other, the worst first: as counted when the newest student answered the calibration
 * rows, else as the open doubts about labels say; never by the holdout, which must not guide what is learnt. Only names
 * of labels, no text.
 */
export function findConfusions(store: Store): Confusion[] {
  const student = store.students.latest();
  const evaluation = student && store.evaluations.latest(student.id, 'calibration');
  if (evaluation) {
    // Written by our own evaluation.
    const { confusion } = JSON.parse(evaluation.reportJson) as Pick<EvaluationReport, 'confusion'>;
    const mistaken = confusion.filter(({ given, answered }) => given !== answered);
    if (mistaken.length > 0)
      return mistaken.map(({ given, answered, n }) => ({ given, answered, weight: n }));
  }
  const pairs = new Map<string, { given: string; answered: string; weight: number }>();
  for (const { exampleId, suggested } of store.findings.doubts()) {
    const given = store.examples.get(exampleId)?.label?.output;
    if (typeof given !== 'string' || given === suggested) continue;
    const key = JSON.stringify([given, suggested]);
    const pair = pairs.get(key) ?? { given, answered: suggested, weight: 0 };
    pair.weight++;
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.weight - a.weight);
}
