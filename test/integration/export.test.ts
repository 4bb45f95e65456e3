import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportDataset } from '../../src/main/export/export-dataset.ts';
import { exportStudent } from '../../src/main/export/export-student.ts';
import { formats } from '../../src/main/export/formats/index.ts';
import { sha256 } from '../../src/main/lib/hash.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { everything } from '../../src/shared/domain/filter.ts';
import { createDesk, type Desk } from '../helpers/desk.ts';

let desk: Desk;
let out: string;
beforeEach(() => {
  desk = createDesk({ train: 40, calibration: 20, holdout: 20 });
  out = join(desk.folder, 'out');
});
afterEach(() => desk.store.close());

const learn = () => undefined;
const hide = (text: string) => text.replace(/#\d+/, '[NUMBER_1]');
const run = (changes: Partial<Parameters<typeof exportDataset>[2]> = {}, signal?: AbortSignal) =>
  exportDataset(
    desk.store,
    desk.task,
    { format: 'jsonl', folder: out, pseudonymise: () => ({ learn, hide }), ...changes },
    { ...unwatched, ...(signal && { signal }) },
  );
const approveAll = () =>
  desk.store.transaction(() =>
    desk.store.examples.setStatus(desk.store.examples.ids(everything), 'approved'),
  );
const readRows = (name: string) =>
  readFileSync(join(out, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('nothing approved is refused with counts, and nothing is written', async () => {
  await expect(run()).rejects.toMatchObject({
    code: 'export.refused',
    kind: 'refused',
    details: { refused: 80, refusedReasons: { notApproved: 80 } },
  });
  expect(existsSync(out)).toBe(false);
});

describe('approved rows', () => {
  beforeEach(approveAll);

  test('leave when permitted, pseudonymised when redacted, never when private; splits apart', async () => {
    const result = await run();
    expect(result).toMatchObject({ format: 'jsonl', refused: 20, refusedReasons: { private: 20 } });
    expect(result.files.map(({ path, rows }) => [path, rows])).toEqual([
      ['train.jsonl', 30],
      ['calibration.jsonl', 15],
      ['holdout.jsonl', 15],
    ]);
    for (const { path } of result.files)
      for (const row of readRows(path)) {
        expect(`${row.split}.jsonl`).toBe(path);
        const example = desk.store.examples.list().find((one) => one.externalId === row.id)!;
        expect(example.consent).not.toBe('private');
        expect(row.text).toBe(example.consent === 'redacted' ? hide(example.text) : example.text);
      }
  });

  test('of private consent leave only when a person says so, and the card warns', async () => {
    const result = await run({ includePrivate: true });
    expect(result).toMatchObject({ refused: 0, containsPrivateText: true });
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('Do not pass these files on');
  });

  test('stay once their permission has expired', async () => {
    const { store } = desk;
    const permitted = store.examples.list().find((row) => row.consent === 'permitted')!;
    store.grants.revoke(permitted.id, Date.now());
    const terms = { purposes: ['label'], destination: '*', basis: 'test', filter: 'id' } as const;
    const yesterday = Date.now() - 86_400_000;
    store.grants.link(store.grants.create({ ...terms, expiresAtMs: yesterday }), permitted.id);
    expect((await run()).refusedReasons).toEqual({ private: 20, noGrant: 1 });

    const tomorrow = Date.now() + 86_400_000;
    store.grants.link(store.grants.create({ ...terms, expiresAtMs: tomorrow }), permitted.id);
    out = join(desk.folder, 'again');
    expect((await run()).refusedReasons).toEqual({ private: 20 });
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.grants.map(({ id }: { id: number }) => id)).toEqual([1, 3]);
  });

  test('made from another row follow the strictest consent of their line', async () => {
    const { store } = desk;
    const parent = store.examples.list().find((row) => row.consent === 'private')!;
    const id = store.examples.insert({
      externalId: 'child',
      text: 'a paraphrase',
      origin: 'synthetic',
      consent: 'permitted',
      parentId: parent.id,
      split: 'train',
      status: 'approved',
      contentHash: 'child',
    });
    store.labels.add({ exampleId: id, author: 'human', output: 'card', isValid: true });
    store.grants.link(1, id);
    expect((await run()).refusedReasons).toEqual({ private: 21 });
  });

  test('come with a manifest whose hashes hold, and are remembered for revoking', async () => {
    const result = await run();
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.files).toEqual(result.files);
    for (const file of result.files)
      expect(sha256(readFileSync(join(out, file.path)))).toBe(file.sha256);
    expect(manifest.splits).toEqual({ unassigned: 0, train: 30, calibration: 15, holdout: 15 });
    const id = desk.store.examples.list().find((one) => one.consent === 'permitted')!.id;
    expect(desk.store.artifacts.using([id])).toEqual([{ kind: 'export', id: '1' }]);
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toMatch(/^---\n[\s\S]*split: test/);
  });

  test('that were rejected or fit no label stay', async () => {
    const [first, second] = desk.store.examples.list().filter((one) => one.consent === 'permitted');
    desk.store.examples.setStatus([first!.id], 'rejected');
    desk.store.labels.add({
      exampleId: second!.id,
      author: 'human',
      output: 'nonsense',
      isValid: false,
    });
    expect((await run()).refusedReasons).toEqual({ private: 20, rejected: 1, invalid: 1 });
  });

  const ofAll = Object.keys(formats).filter((id) => formats[id]!.needs === undefined);
  test.each(ofAll)('are written as %s', async (format) => {
    const { files } = await run({ format });
    expect(files.reduce((sum, file) => sum + file.rows, 0)).toBe(60);
  });

  test('do not go into a folder that has content', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'keep');
    await expect(run()).rejects.toMatchObject({ code: 'file.exists' });
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });

  test('go into an empty folder', async () => {
    mkdirSync(out);
    await run();
    expect(readdirSync(out)).toContain('train.jsonl');
  });

  test('leave nothing behind when cancelled', async () => {
    await expect(run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(readdirSync(desk.folder).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  test('an unknown format is named', async () => {
    await expect(run({ format: 'toString' })).rejects.toMatchObject({ code: 'app.usage' });
  });
});

describe('a student', () => {
  let studentFolder: string;
  beforeEach(() => {
    studentFolder = join(desk.folder, 'student-1');
    mkdirSync(join(studentFolder, 'run'), { recursive: true });
    writeFileSync(join(studentFolder, 'student.json'), '{}');
    writeFileSync(join(studentFolder, 'MODEL_CARD.md'), '---\nlicense: mit\n---\n# Card\n');
    writeFileSync(join(studentFolder, 'run', 'predict.py'), 'pass\n');
  });
  const runStudent = (isDraft: boolean) =>
    exportStudent(
      desk.store,
      { studentId: 'student-1', studentFolder, folder: out, isDraft },
      unwatched,
    );
  const failGate = () =>
    desk.store.gates.replaceAll(
      [
        {
          id: 'contamination',
          status: 'fail',
          value: 6,
          threshold: 0,
          message: '6 training records nearly repeat holdout records.',
        },
      ],
      'x',
    );

  test('is copied file by file', async () => {
    const { files, draft } = await runStudent(false);
    expect(draft).toBe(false);
    expect(files.map((file) => file.path)).toEqual([
      'MODEL_CARD.md',
      'run/predict.py',
      'student.json',
    ]);
    expect(readFileSync(join(out, 'MODEL_CARD.md'), 'utf8')).not.toContain('Draft');
  });

  test('whose gates fail leaves only as a draft, the failures on its card', async () => {
    failGate();
    await expect(runStudent(false)).rejects.toMatchObject({ code: 'export.refused' });
    expect(existsSync(out)).toBe(false);
    expect(await runStudent(true)).toMatchObject({ draft: true, failedGates: ['contamination'] });
    const card = readFileSync(join(out, 'MODEL_CARD.md'), 'utf8');
    expect(card).toMatch(/^---\nlicense: mit\n---\n\n> \*\*Draft\.\*\*[\s\S]*6 training records/);
  });
});
