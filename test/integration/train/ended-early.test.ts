import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Project } from '../../../src/main/app/project.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import { smallTexts } from '../../helpers/small-set.ts';
import { smallProject } from '../../helpers/train-project.ts';
import { trainUntil } from '../../helpers/train-until.ts';

/* A training that a person ends keeps the student that was measured, and says so. */

/** Enough that one part of the rows is held out, and no more. */
const ROWS = 2_400;
let project: Project;
beforeEach(() => {
  project = smallProject(ROWS);
});
afterEach(() => project.close());

const cardOf = (folder: string) => readFileSync(join(folder, 'MODEL_CARD.md'), 'utf8');

async function shareRight(folder: string): Promise<number> {
  const { predictor } = await loadStudent(folder);
  const fresh = smallTexts(200, 8);
  const answers = await predictor.predict(fresh);
  await predictor.close();
  return answers.filter(({ output }, i) => output === fresh[i]!.label).length / fresh.length;
}

test('in an epoch, the last one that was finished is measured and kept', async () => {
  const { result } = trainUntil(project, 'mlp', ({ details }) => (details?.epoch ?? 0) >= 3);
  const { endedEarly, folder, validation, validationRows, rows } = await result;
  expect(endedEarly!.epoch).toBeGreaterThanOrEqual(2);
  expect(endedEarly!.epoch).toBeLessThan(endedEarly!.epochs);
  expect([rows, validationRows]).toEqual([ROWS - 400, 400]);
  expect(validation.accuracy!.value).toBeGreaterThan(0.9);
  expect(await shareRight(folder)).toBeGreaterThan(0.9);
  expect(cardOf(folder)).toContain(
    `stopped by a person at epoch ${endedEarly!.epoch} of ${endedEarly!.epochs}`,
  );
  expect(cardOf(folder)).not.toContain('trained anew on all');
  expect(project.store.jobs.list().at(-1)).toMatchObject({ kind: 'train', state: 'done' });
  expect(existsSync(join(project.filesFolder, 'checkpoints', 'train'))).toBe(false);
});

test('during the training on all rows, the student that was measured is kept', async () => {
  const { reports, result } = trainUntil(
    project,
    'mlp',
    ({ message, details }) => message.startsWith('Training on all') && (details?.epoch ?? 0) >= 1,
  );
  const { endedEarly, folder, rows, validation } = await result;
  expect(endedEarly).toBeNull();
  expect(rows).toBe(ROWS - 400);
  // What a screen says can be kept is what is kept.
  expect(reports.at(-1)!.details!.measured).toBe(validation.accuracy!.value);
  expect(await shareRight(folder)).toBeGreaterThan(0.9);
  expect(cardOf(folder)).toContain('before the last step, on all rows');
});

test('while kinds are compared, the best of those tried whole is kept and no other is tried', async () => {
  const { result } = trainUntil(project, 'best', ({ message }) => message.startsWith('Trying mlp'));
  const { compared, endedEarly, folder } = await result;
  expect(compared.map(({ kind }) => kind)).toEqual(['linear']);
  expect(endedEarly).toBeNull();
  expect(await shareRight(folder)).toBeGreaterThan(0.9);
});

test('one that nobody ends goes on to all rows', async () => {
  const { result } = trainUntil(project, 'mlp', () => false);
  const { endedEarly, folder, rows } = await result;
  expect([endedEarly, rows]).toEqual([undefined, ROWS]);
  expect(cardOf(folder)).toContain('trained anew on all training rows');
});
