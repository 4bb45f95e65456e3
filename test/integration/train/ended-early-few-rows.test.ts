import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProject, openProject } from '../../../src/main/app/project.ts';
import { contentHash } from '../../../src/main/lib/content-hash.ts';
import type { Progress } from '../../../src/main/lib/work.ts';
import { selectRows } from '../../../src/main/train/dataset.ts';
import { planParts } from '../../../src/main/train/held-out-scores.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import { gatherRows } from '../../../src/main/train/structured/gather-rows.ts';
import { compileForm } from '../../../src/shared/domain/form/compile-form.ts';
import { canonicalJson, type Json } from '../../../src/shared/domain/json.ts';
import type { Input } from '../../../src/shared/domain/prediction.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { smallLabels, smallTexts } from '../../helpers/small-set.ts';
import { addRows, emptyProject } from '../../helpers/train-project.ts';
import { trainUntil } from '../../helpers/train-until.ts';

/* Of few rows each sixth is held out in turn: a student that is kept is one of six, and only of its own sixth measured. */

const isLastTraining = ({ message }: Progress) => message.startsWith('Training on all rows');

/** How many of the rows the student in the folder answers as they stand. */
async function countRight(folder: string, rows: readonly { input: Input; output: Json }[]) {
  const { predictor } = await loadStudent(folder, { variant: 'full' });
  const answers = await predictor.predict(rows.map(({ input }) => input));
  await predictor.close();
  return answers.filter(({ output }, i) => canonicalJson(output) === canonicalJson(rows[i]!.output))
    .length;
}

test('a student of labels that is kept is measured on the sixth that it has not seen, and on no other', async () => {
  const project = emptyProject();
  // Of 120 labels a fifth is wrong, so that the sixths differ.
  const texts = smallTexts(120).map((row, i) =>
    i % 5 === 2 ? { ...row, label: smallLabels[i % 4 === 0 ? 1 : 0]! } : row,
  );
  addRows(project, texts);
  const { labelled, classes } = selectRows(project.store, project.task);
  const [part, ...others] = planParts(
    labelled.map(({ classIndex }) => classIndex),
    labelled.map(({ group }) => group),
    1,
  );
  const { result } = trainUntil(project, 'linear', isLastTraining);
  const { endedEarly, folder, validation, validationRows, rows, compared } = await result;
  expect([endedEarly, validationRows, rows]).toEqual([null, part!.length, others.flat().length]);
  const own = part!.map((row) => {
    const { input, classIndex } = labelled[row]!;
    return { input, output: classes[classIndex]! };
  });
  const accuracy = (await countRight(folder, own)) / own.length;
  expect(validation.accuracy!.value).toBeCloseTo(accuracy, 9);
  // Of the six together it is another, by which kinds are compared.
  expect(compared[0]!.validation.accuracy!.value).not.toBeCloseTo(accuracy, 3);
  project.close();
});

test('so is a student of fields', async () => {
  const fixture = (name: string) =>
    readFileSync(new URL(`../../fixtures/snips/${name}`, import.meta.url), 'utf8');
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-kept-')), 'calls.stillroom');
  createProject(path, parseTask(JSON.parse(fixture('task.json'))));
  const project = openProject(path, { mode: 'write' });
  const { store, task } = project;
  store.transaction(() => {
    for (const line of fixture('train.jsonl').split('\n').slice(0, 120)) {
      const { id, text, output } = JSON.parse(line) as { id: string; text: string; output: Json };
      const exampleId = store.examples.insert({
        externalId: id,
        text,
        origin: 'real',
        consent: 'private',
        split: 'unassigned',
        status: 'new',
        contentHash: contentHash(text, null),
      });
      store.labels.add({ exampleId, author: 'imported', output, isValid: true });
    }
  });
  const { rows: answered } = gatherRows(store, compileForm(task), []);
  const [part, ...others] = planParts(
    answered.map(({ filled }) => filled.frame),
    answered.map(({ group }) => group),
    1,
  );
  const { result } = trainUntil(project, 'crf', isLastTraining);
  const { endedEarly, folder, validation, validationRows, rows, compared } = await result;
  expect([endedEarly, validationRows, rows]).toEqual([null, part!.length, others.flat().length]);
  const right = await countRight(
    folder,
    part!.map((row) => answered[row]!),
  );
  expect(right).toBeGreaterThan(0);
  expect(validation.exactMatch!.value).toBeCloseTo(right / part!.length, 9);
  expect(compared[0]!.validation.exactMatch!.value).not.toBeCloseTo(right / part!.length, 3);
  project.close();
});

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
