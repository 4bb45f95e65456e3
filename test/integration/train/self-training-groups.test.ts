import { describe, expect, test } from 'vitest';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { TrainingRow } from '../../../src/main/train/dataset.ts';
import { planParts, scoreHeldOut } from '../../../src/main/train/held-out-scores.ts';
import { linear } from '../../../src/main/train/students/linear/linear.ts';
import { defineStudent, type Student } from '../../../src/main/train/students/student.ts';
import { smallLabels, smallTexts } from '../../helpers/small-set.ts';

const labelled = smallTexts(120);
const classIndices = labelled.map(({ label }) => smallLabels.indexOf(label));
const groups = labelled.map((_, i) => `group ${i}`);
const set = {
  classes: [...smallLabels],
  inputs: labelled.map(({ text }) => ({ text, context: null })),
  targets: classIndices,
  weights: labelled.map(() => 1),
};

/** Near-copies without a label of each labelled row, of its group or of one of their own. */
const copies = (isOfGroup: boolean) =>
  labelled.map(
    ({ text }, i): TrainingRow => ({
      exampleId: 1_000 + i,
      contentHash: `copy ${i}`,
      input: { text: `${text} copy-of-${i}`, context: null },
      classIndex: -1,
      target: [],
      isHuman: false,
      group: isOfGroup ? `group ${i}` : `other ${i}`,
    }),
  );

/** Which copies of held-out rows the students that are scored on those were trained with. */
async function learntCopies(isOfGroup: boolean): Promise<number> {
  const options = { seed: 1, threads: 1 };
  const plan = planParts(classIndices, groups, 1).slice(0, 2);
  const base = await scoreHeldOut(linear, set, plan, options, unwatched);
  let trained = 0;
  let leaked = 0;
  const watched: Student = defineStudent({
    ...linear,
    train(given, trainOptions, work) {
      const own = new Set(plan[trained++]!.map((row) => `copy-of-${row}`));
      leaked += given.inputs.filter(({ text }) => own.has(text.split(' ').at(-1)!)).length;
      return linear.train(given, trainOptions, work);
    },
  });
  const selfTraining = { unlabelled: copies(isOfGroup), groups, temperature: 0.05, base };
  const held = await scoreHeldOut(watched, set, plan, { ...options, selfTraining }, unwatched);
  expect(held.parts.every(({ selfTrained }) => selfTrained > 0)).toBe(true);
  return leaked;
}

describe('self-training', () => {
  test('takes no row of a group that is held out; control: of groups of their own it does', async () => {
    expect(await learntCopies(true)).toBe(0);
    expect(await learntCopies(false)).toBeGreaterThan(0);
  });
});
