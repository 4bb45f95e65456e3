import { expect, test } from 'vitest';
import { withClassNames } from '../../../src/main/train/students/class-names.ts';
import type { TrainingSet } from '../../../src/main/train/students/student.ts';

const set: TrainingSet = {
  classes: ['card_lost', 'top-up.failed', 'unused', 'doubted'],
  inputs: ['a', 'b', 'c', 'd'].map((text) => ({ text })),
  targets: [
    0,
    [
      { classIndex: 1, share: 0.7 },
      { classIndex: 0, share: 0.3 },
    ],
    0,
    3,
  ],
  weights: [1, 0.5, 1, 0],
};

test('the name of each class that has rows is one more row of it, in words', () => {
  const named = withClassNames(set);
  expect(named.inputs.slice(4)).toEqual([{ text: 'card lost' }, { text: 'top up failed' }]);
  expect(named.targets).toEqual([...set.targets, 0, 1]);
  expect(named.weights).toEqual([...set.weights, 1, 1]);
  expect(named.inputs.slice(0, 4)).toEqual(set.inputs);
});
