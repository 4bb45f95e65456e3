import type { Split } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Gold } from '../store/gold.ts';
import type { Store } from '../store/store.ts';
import { toInput } from '../store/to-input.ts';
import { judgeReply, type Marking } from './answers.ts';
import type { ScoredAnswer } from './scored.ts';

/** The teacher's answer to each row with a right answer that it answered: its most frequent valid one, the earlier on a tie. */
export function teacherAnswers(
  store: Store,
  marking: Marking,
  split: Split,
  gold: Gold,
): Map<number, ScoredAnswer> {
  const rows = new Map(gold.rows.map((row) => [row.example.id, row]));
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
    const row = rows.get(exampleId);
    if (!row) continue;
    const output = JSON.parse(key) as Json; // canonical JSON that we wrote
    answers.set(exampleId, {
      ...(marking.judge
        ? judgeReply(toInput(row.example), output, row.gold, marking)
        : { key, isValid: marking.validate(output).length === 0 }),
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
