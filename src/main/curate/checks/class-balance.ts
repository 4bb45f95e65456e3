import { isHeldOut } from '../../../shared/domain/example.ts';
import { defineCheck, type Score } from '../check.ts';
import { countClasses } from '../class-counts.ts';

/** Below this many examples a class is hardly learned. */
export const MIN_CLASS_EXAMPLES = 30;

export const classBalanceCheck = defineCheck({
  id: 'class-balance',
  title: 'Class balance',
  explanation:
    'The label has few examples, so a student will know it badly. Add real ones, or top the label up with synthetic ones.',
  threshold: 0.5,
  async run({ task, examples }) {
    const counts = countClasses(task, examples);
    const scores: Score[] = [];
    for (const example of examples) {
      const { id, label, status } = example;
      if (!label || status === 'rejected' || isHeldOut(example)) continue;
      const count = counts.get(String(label.output));
      if (count === undefined || count >= MIN_CLASS_EXAMPLES) continue;
      // 0 for no example, 0.5 at the limit: everything listed here is below it.
      scores.push({
        exampleId: id,
        score: count / (2 * MIN_CLASS_EXAMPLES),
        evidence: { label: label.output, examples: count },
      });
    }
    return scores;
  },
});
