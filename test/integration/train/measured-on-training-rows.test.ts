import { expect, test } from 'vitest';
import { evaluateStudent } from '../../../src/main/app/evaluate-student.ts';
import { routeStudent } from '../../../src/main/app/route-student.ts';
import { splitProject } from '../../../src/main/app/split-project.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { smallProject, train } from '../../helpers/train-project.ts';

const onHoldout = { split: 'holdout' } as const;
const target = { maxError: 0.2, confidence: 0.95, fallback: 'person' } as const;

test('a student is not measured on rows that it learned from; trained again, it is', async () => {
  const project = smallProject();
  const { store } = project;
  await train(project);
  await splitProject(project, { holdout: 0.2, calibration: 0.2, seed: 1 }, unwatched);
  await expect(evaluateStudent(project, onHoldout, unwatched)).rejects.toMatchObject({
    code: 'evaluate.data',
    message: expect.stringContaining('train again'),
  });
  expect(store.looks.count('holdout')).toBe(0);
  await expect(routeStudent(project, target, unwatched)).rejects.toMatchObject({
    code: 'route.data',
    message: expect.stringContaining('train again'),
  });

  await train(project);
  const report = await evaluateStudent(project, onHoldout, unwatched);
  expect(report.n).toBeGreaterThan(0);
  expect(report.previous).toBeUndefined();
  expect((await routeStudent(project, target, unwatched)).calibrationRows).toBeGreaterThan(0);
  project.close();
});
