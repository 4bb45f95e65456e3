import { expect, test } from 'vitest';
import type { CheckContext } from '../../../src/main/curate/check.ts';
import { labelErrorCheck } from '../../../src/main/curate/checks/label-error.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { Example } from '../../../src/main/store/examples.ts';
import { outOfFold } from '../../../src/main/train/out-of-fold.ts';
import { readOutOfFold } from '../../../src/main/train/structured/read-out-of-fold.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask, type Task } from '../../../src/shared/domain/task.ts';
import { smallLabels, smallTexts } from '../../helpers/small-set.ts';
import { makeExample } from '../../unit/review/make-example.ts';

/** Two rows of three are held out, so that they would outvote the others. */
const isLearnt = (row: number) => row % 3 === 1;

/** What the check says of the rows that are learnt from. */
async function judgeLearnt(task: Task, rows: readonly { text: string; output: Json }[]) {
  const examples = rows.map(
    ({ text, output }, id): Example =>
      makeExample({
        id,
        text,
        split: isLearnt(id) ? 'train' : id % 2 === 0 ? 'holdout' : 'calibration',
        status: 'labelled',
        label: { output, author: 'teacher', agreement: 1, isValid: true, confidence: 0.9 },
      }),
  );
  const context: CheckContext = {
    task,
    examples,
    seed: 1,
    tools: {
      outOfFold,
      readOutOfFold: (form, given, folds, work) =>
        readOutOfFold(form, given, { lookups: [], find: () => [] }, folds, work),
      oddStrategies: new Set<string>(),
      findPersonalData: () => [],
    },
    labelsBy: () => [],
  };
  const scores = await labelErrorCheck.run(context, unwatched);
  expect(scores).toHaveLength(rows.length);
  return scores.filter(({ exampleId }) => isLearnt(exampleId));
}

const labelTask = parseTask({ name: 't', kind: 'classify', labels: [...smallLabels] });
const labelled = smallTexts(150).map(({ text, label }) => ({ text, output: label }));
const otherLabel = (label: string) =>
  smallLabels[(smallLabels.indexOf(label) + 1) % smallLabels.length]!;

const formTask = parseTask({
  name: 'desk',
  kind: 'extract',
  schema: { type: 'object', properties: { customer: { type: 'string' } }, required: ['customer'] },
});
const customers = ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark'];
const phrases = ['asks about the invoice', 'wants the parcel', 'sends back an order'];
const filled = Array.from({ length: 75 }, (_, i) => {
  const customer = customers[Math.floor(i / 3) % customers.length]!;
  return {
    text: `${customer} ${phrases[Math.floor(i / 6) % phrases.length]!} ${100 + i}`,
    output: { customer },
  };
});

test.each([
  ['labels', labelTask, labelled, (output: Json) => otherLabel(String(output))],
  ['fields', formTask, filled, (_: Json, text: string) => ({ customer: text.split(' ')[2]! })],
] as const)(
  'wrong %s of held-out rows change nothing of what is said of the others',
  async (_, task, rows, spoil) => {
    const spoilWhere = (isSpoilt: (row: number) => boolean) =>
      rows.map(({ text, output }, i) => ({
        text,
        output: isSpoilt(i) ? spoil(output, text) : output,
      }));
    const judged = await judgeLearnt(task, rows);
    const heldOutSpoilt = spoilWhere((i) => !isLearnt(i));
    expect(await judgeLearnt(task, heldOutSpoilt)).toEqual(judged);
    // Control: what is wrong among the rows that are learnt from does change it.
    const learntSpoilt = spoilWhere((i) => i % 12 === 1);
    expect(await judgeLearnt(task, learntSpoilt)).not.toEqual(judged);
  },
  120_000,
);
