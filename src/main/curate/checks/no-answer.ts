import { defineCheck } from '../check.ts';

/** Words that a teacher gives when it does not answer, as whole outputs. */
const evasive =
  /^(?:n\/?a|none|null|unknown|other|unsure|i don'?t know|not applicable|no answer)\.?$/i;

export const noAnswerCheck = defineCheck({
  id: 'no-answer',
  title: 'No answer',
  explanation:
    'The output is an evasion rather than an answer. If the task has a label for "no answer", give it that one; else reject the record.',
  threshold: 0.5,
  async run({ task, examples }) {
    if (task.noAnswerLabel === undefined && task.kind !== 'rewrite') return [];
    return examples
      .filter(
        ({ label, status }) =>
          status !== 'rejected' &&
          typeof label?.output === 'string' &&
          label.output !== task.noAnswerLabel &&
          !(task.labels ?? []).includes(label.output) &&
          evasive.test(label.output.trim()),
      )
      .map(({ id, label }) => ({ exampleId: id, score: 0, evidence: { output: label!.output } }));
  },
});
