import { createOutputValidator } from '../../lib/output-validity.ts';
import { defineCheck, type Score } from '../check.ts';

export const schemaCheck = defineCheck({
  id: 'schema',
  title: 'Output validity',
  explanation:
    "The label is not one of the task's labels, or does not fit its schema or tools. Correct it or reject the record.",
  threshold: 0.5,
  async run({ task, examples }) {
    const validate = createOutputValidator(task);
    const scores: Score[] = [];
    for (const { id, label, status } of examples) {
      if (!label || status === 'rejected') continue;
      const problems = validate(label.output);
      if (problems.length > 0) scores.push({ exampleId: id, score: 0, evidence: { problems } });
    }
    return scores;
  },
});
