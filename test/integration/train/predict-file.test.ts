import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { predictFile } from '../../../src/main/app/predict-file.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { smallTexts } from '../../helpers/small-set.ts';
import { smallProject, train } from '../../helpers/train-project.ts';

let student: string;
const folder = mkdtempSync(join(tmpdir(), 'stillroom-predict-'));
const fresh = smallTexts(3_000, 17);

beforeAll(async () => {
  const project = smallProject();
  student = (await train(project)).folder;
  project.close();
});

function predict(name: string, contents: string, work = unwatched) {
  writeFileSync(join(folder, name), contents);
  const request = { folder: student, input: join(folder, name), output: join(folder, 'out.jsonl') };
  return predictFile({ ...request, threads: 1, variant: 'full' }, work);
}

function answers(): { id: unknown; output: string; confidence: number; route: string }[] {
  const lines = readFileSync(join(folder, 'out.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('JSON Lines: an answer a row, in order, under the ids that came in', async () => {
  const rows = fresh.map(({ text }, i) => ({ id: i === 0 ? 7 : `r${i}`, text, context: null }));
  const result = await predict('a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  expect(result).toEqual({
    rows: 3_000,
    routed: { unrouted: 3_000 },
    incomplete: 0,
    unfilled: [],
  });
  const given = answers();
  expect(given.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  const right = given.filter(({ output }, i) => output === fresh[i]!.label).length;
  expect(right).toBeGreaterThan(2_900);
  expect(Object.keys(given[0]!)).toEqual(['id', 'output', 'confidence', 'route']);
});

test('CSV, with ids from the lines where there are none', async () => {
  await predict('b.csv', 'text\n"order a new card, please"\nsee the forecast\n');
  expect(answers()).toMatchObject([
    { id: '2', output: 'card' },
    { id: '3', output: 'weather' },
  ]);
});

test.each([
  ['no text', '{"id":"1","text":"a"}\n{"id":"2"}\n', 2],
  ['a text that is none', '{"id":"1","text":5}\n', 1],
  ['broken JSON', '{"id":"1","text":"a"}\n{"id":"2","text":"b"}\n{"id":', 3],
  ['an id that is a list', '{"id":[1],"text":"a"}\n', 1],
  ['a context that is none', '{"text":"a","context":[]}\n', 1],
])('%s: names the line and writes nothing', async (_, contents, line) => {
  writeFileSync(join(folder, 'out.jsonl'), 'from before');
  await expect(predict('bad.jsonl', contents)).rejects.toMatchObject({
    code: 'file.malformed',
    message: expect.stringContaining(`line ${line}`),
  });
  expect(readFileSync(join(folder, 'out.jsonl'), 'utf8')).toBe('from before');
  expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
});

test('cancelled, nothing is written', async () => {
  writeFileSync(join(folder, 'out.jsonl'), 'from before');
  const work = { signal: AbortSignal.abort(), report: () => undefined };
  await expect(predict('c.jsonl', '{"text":"a"}\n', work)).rejects.toMatchObject({
    code: 'app.cancelled',
  });
  expect(readFileSync(join(folder, 'out.jsonl'), 'utf8')).toBe('from before');
});
