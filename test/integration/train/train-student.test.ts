import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import { equals } from '../../../src/shared/domain/filter.ts';
import { smallLabels, smallTexts } from '../../helpers/small-set.ts';
import { addRows, emptyProject, smallProject, train } from '../../helpers/train-project.ts';

test('a student is trained, measured on held-out rows, kept in a folder and in the project', async () => {
  const project = smallProject();
  const result = await train(project);
  expect(result).toMatchObject({ kind: 'linear', rows: 120, selfTrained: 0 });
  expect(result.validationRows).toBe(120);
  expect(result.validation.accuracy!.value).toBeGreaterThan(0.9);
  expect(result.validation.accuracy!.low).toBeLessThan(result.validation.accuracy!.value);
  expect(result.compared).toEqual([{ kind: 'linear', validation: result.validation }]);
  expect(result.unconfirmedHighStakes).toBe(30);
  expect(readdirSync(result.folder).sort()).toEqual([
    'MODEL_CARD.md',
    'features.json',
    'model.int8.onnx',
    'model.onnx',
    'run',
    'student.json',
  ]);
  expect(project.store.students.latest()).toMatchObject({
    id: result.studentId,
    metrics: result.validation,
  });
  const ids = project.store.examples.ids();
  expect(project.store.artifacts.using([ids[0]!])).toEqual([
    { kind: 'student', id: result.studentId },
  ]);
  expect(existsSync(join(project.filesFolder, 'checkpoints', 'train'))).toBe(false);

  const { predictor, about } = await loadStudent(result.folder);
  expect(about.dataFingerprint).toMatch(/^[0-9a-f]{64}$/);
  const fresh = smallTexts(40, 8);
  const answers = await predictor.predict(fresh);
  const right = answers.filter((answer, i) => answer.output === fresh[i]!.label).length;
  expect(right).toBeGreaterThan(37);
  const [strange] = await predictor.predict([{ text: 'Ωμέγα 漢字 zzz' }]);
  expect(strange!.outlierScore).toBeGreaterThan(Math.max(...answers.map((a) => a.outlierScore!)));
  expect(await predictor.predict([])).toEqual([]);
  await predictor.close();
  project.close();
});

test('no text of the training data is in the folder, while a label is', async () => {
  const project = smallProject();
  const { folder } = await train(project);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(files.some((file) => file.includes('forecast'))).toBe(false);
  expect(files.some((file) => file.includes('weather'))).toBe(true);
  project.close();
});

test('what touches the holdout or the calibration split takes no part', async () => {
  const project = emptyProject();
  const { store } = project;
  addRows(project, smallTexts(80));
  const [heldOut] = addRows(project, [
    { text: 'Held out: Café  HOURS?', label: 'nothing', split: 'holdout', groupKey: 'thread-9' },
  ]);
  const leaks = addRows(project, [
    { text: 'held out cafe\u0301 hours!', label: 'card' },
    { text: 'another turn', label: 'card', groupKey: 'thread-9' },
    { text: 'made from it', label: 'card', parentId: heldOut!, origin: 'synthetic' },
  ]);
  const [child] = addRows(project, [
    { text: 'made from that', label: 'card', parentId: leaks[2]!, origin: 'synthetic' },
  ]);
  const [grouped] = addRows(project, [{ text: 'in its cluster', label: 'card' }]);
  const [bystander] = addRows(project, [{ text: 'held out tea hours', label: 'card' }]);
  const [flagged, dismissed] = addRows(project, [
    { text: 'held out coffee hours', label: 'card' },
    { text: 'held out water hours', label: 'card' },
  ]);
  const finding = { otherId: heldOut!, score: 0.1, isFlagged: true, evidence: {} };
  store.transaction(() => {
    const findings = [flagged!, dismissed!].map((exampleId) => ({ ...finding, exampleId }));
    store.findings.replace('contamination', findings);
    store.findings.resolve('contamination', dismissed!, 'dismissed');
  });
  store.transaction(() =>
    store.examples.setGroups(
      new Map([
        [heldOut!, 7],
        [grouped!, 7],
        [bystander!, 8],
      ]),
    ),
  );
  const result = await train(project);
  expect(result.excluded.heldOut).toBe(6);
  const learned = (id: number) => store.artifacts.using([id]).length > 0;
  for (const id of [...leaks, child!, grouped!, flagged!, heldOut!])
    expect(learned(id)).toBe(false);
  for (const id of [bystander!, dismissed!]) expect(learned(id)).toBe(true);
  project.close();
});

test('rejected and invalid rows are left out; once rows are split, the unassigned wait', async () => {
  const project = emptyProject();
  const { store } = project;
  addRows(
    project,
    smallTexts(60).map((row) => ({ ...row, split: 'train' as const })),
  );
  addRows(project, [
    { text: 'one', label: 'card', split: 'train', status: 'rejected' },
    { text: 'two', label: 'no such label', split: 'train' },
    { text: 'three', label: 'card' },
  ]);
  const result = await train(project);
  expect(result.rows).toBe(60);
  expect(result.excluded).toEqual({ heldOut: 0, rejected: 1, invalid: 1, unapproved: 0 });
  expect(store.examples.count(equals('split', 'unassigned'))).toBe(1);
  project.close();
});

test('differing answers of a teacher become soft labels', async () => {
  const project = emptyProject();
  const ids = addRows(
    project,
    smallTexts(60).map((row) => ({ ...row, author: 'teacher' as const })),
  );
  const before = await train(project);
  project.store.transaction(() => {
    for (const id of ids.slice(0, 10))
      for (const output of ['nothing', 'weather'])
        project.store.labels.add({ exampleId: id, author: 'teacher', output, isValid: true });
  });
  const after = await train(project);
  const about = async (folder: string) => (await loadStudent(folder)).about;
  const [first, second] = [await about(before.folder), await about(after.folder)];
  expect(second.dataFingerprint).not.toBe(first.dataFingerprint);
  expect(second.files['model.onnx']).not.toBe(first.files['model.onnx']);
  project.close();
});

test('a doubtful label that nobody has decided about is replaced or counts less', async () => {
  const project = smallProject();
  const { store } = project;
  const ids = store.examples.ids();
  const flag = (exampleId: number, probability: number) => ({
    exampleId,
    otherId: null,
    score: 0.01,
    isFlagged: true,
    evidence: { suggested: 'weather', probability },
  });
  store.transaction(() =>
    store.findings.replace('label-error', [
      flag(ids[0]!, 0.99),
      flag(ids[4]!, 0.3),
      flag(ids[8]!, 0.99),
    ]),
  );
  store.findings.resolve('label-error', ids[8]!, 'dismissed');
  expect(await train(project)).toMatchObject({ relabelled: 1, downWeighted: 1 });
  project.close();
});

test.each([
  ['no labelled rows', [], /no labelled rows/],
  ['one label', smallTexts(40).filter((row) => row.label === 'card'), /one and the same label/],
])('%s: says what is missing', async (_, rows, message) => {
  const project = emptyProject();
  addRows(project, [...rows, { text: 'without a label' }]);
  await expect(train(project)).rejects.toMatchObject({
    code: 'train.data',
    message: expect.stringMatching(message),
  });
  expect(project.store.students.list()).toEqual([]);
  expect(project.store.jobs.list()).toMatchObject([{ kind: 'train', state: 'failed' }]);
  project.close();
});

test('two rows are enough to train, though not to measure well', async () => {
  const project = emptyProject();
  addRows(project, [
    { text: 'one card please', label: 'card' },
    { text: 'one money please', label: 'money' },
  ]);
  const { folder } = await train(project);
  const { predictor } = await loadStudent(folder);
  const [answer] = await predictor.predict([{ text: '' }]);
  expect(smallLabels).toContain(answer!.output);
  expect(answer!.confidence).toBeGreaterThan(0);
  await predictor.close();
  project.close();
});

test('the same rows and seed give the same model, in another training', async () => {
  const project = smallProject();
  const sums = async (seed: number) =>
    (await loadStudent((await train(project, undefined, seed)).folder)).about.files['model.onnx'];
  const first = await sums(3);
  expect(await sums(3)).toBe(first);
  expect(await sums(4)).not.toBe(first);
  project.close();
});

test('what a killed training left behind is removed by the next, and nothing else', async () => {
  const project = smallProject();
  const first = await train(project);
  const students = join(project.filesFolder, 'students');
  for (const name of ['linear-0123abcd', 'linear-89abcdef.draft', 'my notes', 'linear-kept'])
    mkdirSync(join(students, name));
  const second = await train(project);
  expect(readdirSync(students).sort()).toEqual(
    [first.studentId, second.studentId, 'linear-kept', 'my notes'].sort(),
  );
  project.close();
});

test('cancelled, it leaves no student; begun again, it uses what was finished', async () => {
  const project = smallProject();
  const controller = new AbortController();
  const cut = train(project, {
    signal: controller.signal,
    report: ({ message, done }) => {
      if (message === 'Training on all rows' && done === 2) controller.abort();
    },
  });
  await expect(cut).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(project.store.students.list()).toEqual([]);
  expect(existsSync(join(project.filesFolder, 'students'))).toBe(false);

  const begun: number[] = [];
  const resumed = await train(project, {
    signal: new AbortController().signal,
    report: ({ message, done }) => {
      if (message === 'Training on all rows') begun.push(done);
    },
  });
  expect(begun[0]).toBe(2);
  const other = smallProject();
  const whole = await train(other);
  const sumOf = async (folder: string) => (await loadStudent(folder)).about.files['model.onnx'];
  expect(await sumOf(resumed.folder)).toBe(await sumOf(whole.folder));
  project.close();
  other.close();
});
