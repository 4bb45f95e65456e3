import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createProject, openProject, type Project } from '../../../../src/main/app/project.ts';
import { gatherRows } from '../../../../src/main/train/structured/gather-rows.ts';
import { compileForm } from '../../../../src/shared/domain/form/compile-form.ts';
import { parseTask } from '../../../../src/shared/domain/task.ts';
import { addRows } from '../../../helpers/train-project.ts';

const task = parseTask({
  name: 'trips',
  kind: 'extract',
  schema: { type: 'object', properties: { to: { type: 'string' } } },
});
const form = compileForm(task);
let project: Project;

afterEach(() => project.close());

function openTrips(): Project {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-gather-')), 'trips.stillroom');
  createProject(path, task);
  project = openProject(path, { mode: 'write' });
  return project;
}

function label({ store }: Project, id: number, author: 'teacher' | 'human', to: string): void {
  store.labels.add({ exampleId: id, author, output: { to }, isValid: true });
}

test('a sure reading takes the place of a teacher’s output, never of a person’s', () => {
  const trips = openTrips();
  const ids = addRows(trips, [
    { text: 'to Rome' },
    { text: 'to Oslo' },
    { text: 'to Graz' },
    { text: 'to Bonn' },
  ]);
  const [sure, unsure, reviewed, sound] = ids as [number, number, number, number];
  label(trips, sure, 'teacher', 'Paris');
  label(trips, unsure, 'teacher', 'Paris');
  label(trips, reviewed, 'human', 'Paris');
  label(trips, sound, 'teacher', 'Bonn');
  const doubt = (exampleId: number, to: string, probability: number) => ({
    exampleId,
    score: 1 - probability,
    suggested: { to },
    probability,
  });
  const doubts = [
    doubt(sure, 'Rome', 0.95),
    doubt(unsure, 'Oslo', 0.8),
    doubt(reviewed, 'Graz', 0.99),
  ];

  const { rows, relabelled, downWeighted } = gatherRows(trips.store, form, doubts);
  expect(rows.map(({ output }) => output)).toEqual([
    { to: 'Rome' },
    { to: 'Paris' },
    { to: 'Paris' },
    { to: 'Bonn' },
  ]);
  expect(rows.map(({ weight }) => weight < 1)).toEqual([false, false, false, false]);
  expect([relabelled, downWeighted]).toEqual([1, 0]);

  const worse = gatherRows(trips.store, form, [{ ...doubt(unsure, 'Oslo', 0.8), score: 0.02 }]);
  expect(worse.rows.map(({ weight }) => weight)).toEqual([1, expect.closeTo(0.3), 1, 1]);
  expect(worse.downWeighted).toBe(1);
});
