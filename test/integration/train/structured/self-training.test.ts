import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProject, openProject } from '../../../../src/main/app/project.ts';
import { trainProject } from '../../../../src/main/app/train-project.ts';
import { unwatched } from '../../../../src/main/lib/work.ts';
import { crf } from '../../../../src/main/train/structured/crf/crf.ts';
import { learnRows } from '../../../../src/main/train/structured/learn.ts';
import { addReadRows } from '../../../../src/main/train/structured/self-training.ts';
import { findNothing } from '../../../../src/shared/domain/lookup.ts';
import { parseTask } from '../../../../src/shared/domain/task.ts';
import { toAnswered } from '../../../helpers/answered-rows.ts';
import { smallFormSet, smallPlan } from '../../../helpers/small-form-set.ts';
import { addRows } from '../../../helpers/train-project.ts';

/** Two trainings for each of six parts, on a busy machine. */
const TIMEOUT_MS = 300_000;

const product = { method: 'product', weights: { product: 1 }, rows: 0, compared: {} } as const;

test('texts without an output that a student is sure of join its rows, as it read them, and count less', async () => {
  const tables = { lookups: [], find: findNothing };
  const lesson = learnRows(smallPlan.form, smallFormSet(60).rows.map(toAnswered), tables);
  const parser = await crf.train(lesson.set, { seed: 1, threads: 1 }, unwatched);
  const gold = smallFormSet(60, 9).rows;
  const inputs = gold.map(({ input }) => input);
  const extend = (intercept: number) =>
    addReadRows(parser, lesson, { ...product, intercept }, inputs, unwatched);

  const { set, added } = await extend(0);
  const own = set.rows.slice(lesson.set.rows.length);
  expect(set.rows.slice(0, lesson.set.rows.length)).toEqual(lesson.set.rows);
  expect([own.length, own.length > 20]).toEqual([added, true]);
  expect(own.every(({ weight }) => weight > 0 && weight < 1)).toBe(true);
  const goldOf = new Map(gold.map((row) => [row.input.text, row]));
  const right = own.filter(({ input, frame, spans }) => {
    const { frame: goldFrame, spans: goldSpans } = goldOf.get(input.text)!;
    return frame === goldFrame && JSON.stringify(spans) === JSON.stringify(goldSpans);
  });
  expect(right.length / own.length).toBeGreaterThan(0.9);
  expect((await extend(-20)).added).toBe(0);
});

test(
  'a student of fields says how many such texts it learned from, and the project which',
  async () => {
    const fixture = (name: string) =>
      readFileSync(new URL(`../../../fixtures/snips/${name}`, import.meta.url), 'utf8');
    const path = join(mkdtempSync(join(tmpdir(), 'stillroom-self-')), 'calls.stillroom');
    createProject(path, parseTask(JSON.parse(fixture('task.json'))));
    const project = openProject(path, { mode: 'write' });
    const lines = fixture('train.jsonl').trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { text: string; output: object });
    const ids = addRows(
      project,
      rows.map(({ text }) => ({ text })),
    );
    const { store } = project;
    const answered = ids.slice(0, 250);
    answered.forEach((exampleId, i) => {
      const { output } = rows[i]!;
      store.labels.add({ exampleId, author: 'imported', output: { ...output }, isValid: true });
    });
    const options = { student: 'crf', seed: 1, threads: 1 };
    const {
      selfTrained,
      studentId,
      rows: learned,
    } = await trainProject(project, options, unwatched);
    expect(learned).toBe(250);
    expect(selfTrained).toBeGreaterThan(0);
    const student = { kind: 'student', id: studentId } as const;
    expect(store.artifacts.countIn(student, ids.slice(250))).toBe(ids.length - 250);
    project.close();
  },
  TIMEOUT_MS,
);
