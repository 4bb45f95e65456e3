import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../../helpers/cli.ts';
import { smallProject, train } from '../../helpers/train-project.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-cli-files-'));
const questions = join(folder, 'questions.jsonl');
let project: string;
let student: string;

beforeAll(async () => {
  writeFileSync(join(folder, 'task.json'), '{"name":"t","kind":"classify","labels":["a","b"]}');
  writeFileSync(questions, '{"id":1,"text":"where is my card"}\n');
  const opened = smallProject();
  project = opened.path;
  student = (await train(opened)).folder;
  opened.close();
});

async function refusal(...args: string[]): Promise<unknown> {
  const { code, stdout } = await runCli(...args, '--json');
  const { error } = JSON.parse(stdout) as { error?: { code: string } };
  return [code, error?.code];
}

test('a project in a folder that is not there is bad input, not a fault of ours', async () => {
  const task = join(folder, 'task.json');
  expect(await refusal('new', join(folder, 'no', 'p.stillroom'), '--task', task)).toEqual([
    2,
    'file.missing',
  ]);
  expect((await runCli('new', join(folder, 'p.stillroom'), '--task', task)).code).toBe(0);
});

test('answers never replace the questions, by whatever name', async () => {
  const other = join(folder, 'other-name.jsonl');
  symlinkSync(questions, other);
  for (const out of [questions, join(folder, '.', 'questions.jsonl'), other])
    expect(await refusal('predict', student, '--in', questions, '--out', out)).toEqual([
      2,
      'file.exists',
    ]);
  expect(readFileSync(questions, 'utf8')).toContain('where is my card');
  const out = join(folder, 'answers.jsonl');
  expect((await runCli('predict', student, '--in', questions, '--out', out)).code).toBe(0);
});

test('a folder or a device is no place to put a file', async () => {
  for (const out of [folder, '/dev/null']) {
    expect(await refusal('predict', student, '--in', questions, '--out', out)).toEqual([
      2,
      'file.exists',
    ]);
    expect(await refusal('findings', project, '--out', out)).toEqual([2, 'file.exists']);
  }
});

test('printed answers are lines of JSON and nothing else; with --json they need a file', async () => {
  const { code, stdout } = await runCli('predict', student, '--in', questions, '--out', '-');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(JSON.parse(stdout)).toMatchObject({ id: 1 });
  expect(await refusal('predict', student, '--in', questions, '--out', '-')).toEqual([
    2,
    'app.usage',
  ]);
});

test('a file in place of a student folder is bad input', async () => {
  expect(await refusal('predict', project, '--in', questions, '--out', 'x')).toEqual([
    2,
    'student.malformed',
  ]);
});
