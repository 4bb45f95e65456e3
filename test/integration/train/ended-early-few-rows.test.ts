import { expect, test } from 'vitest';
import type { Progress } from '../../../src/main/lib/work.ts';
import { smallTexts } from '../../helpers/small-set.ts';
import { addRows, emptyProject } from '../../helpers/train-project.ts';
import { trainUntil } from '../../helpers/train-until.ts';

/* Of few rows each sixth is held out in turn: a student that is kept is one of six, and only of its own sixth measured. */

const isLastTraining = ({ message }: Progress) => message.startsWith('Training on all rows');

test('a student that learned from rows without a label, and is kept, says so', async () => {
  const project = emptyProject();
  addRows(project, smallTexts(48));
  const unlabelled = addRows(
    project,
    smallTexts(200, 5).map(({ text }) => ({ text })),
  );
  const { result } = trainUntil(project, 'linear', isLastTraining);
  const { endedEarly, selfTrained } = await result;
  expect(endedEarly).toBeNull();
  expect(selfTrained).toBeGreaterThan(50);
  expect(selfTrained).toBeLessThanOrEqual(200);
  for (const id of unlabelled) expect(project.store.artifacts.using([id])).toHaveLength(1);
  project.close();
});
