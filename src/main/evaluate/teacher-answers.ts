import type { Split } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Store } from '../store/store.ts';
import type { Marking } from './answers.ts';
import type { ScoredAnswer } from './scored.ts';

/** The teacher's answer to each example of a split that it answered: its most frequent valid one, the earlier on a tie. */
export function teacherAnswers(
  store: Store,
  { validate }: Marking,
  split: Split,
): Map<number, ScoredAnswer> {
  const labels = store.labels.byAuthor('teacher', split);
  const byExample = Map.groupBy(labels, (label) => label.exampleId);
  const answers = new Map<number, ScoredAnswer>();
  for (const [exampleId, given] of byExample) {
    const valid = given.filter((label) => label.isValid);
    const voters = valid.length > 0 ? valid : given;
    const groups = [...Map.groupBy(voters, (label) => canonicalJson(label.output)).entries()];
    const [key, group] = groups.reduce((best, next) =>
      next[1].length > best[1].length ? next : best,
    );
    answers.set(exampleId, {
      key,
      isValid: validate(JSON.parse(key) as Json).length === 0, // canonical JSON that we wrote
      confidence: meanConfidence(group.map((label) => label.confidence)),
    });
  }
  return answers;
}

function meanConfidence(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length < values.length
    ? undefined
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}
