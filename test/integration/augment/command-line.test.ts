import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../../src/main/cli/main.ts';
import { startTeacher } from '../teach/teacher-server.ts';
import { textAbout, topics, topicTeacher } from './desk.ts';

let teacher: Awaited<ReturnType<typeof startTeacher>>;
let project: string;
beforeEach(async () => {
  teacher = await startTeacher(topicTeacher);
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-augment-'));
  project = join(folder, 'p.stillroom');
  const labels = Object.keys(topics);
  const task = { name: 't', kind: 'classify', labels, noAnswerLabel: 'nothing' };
  writeFileSync(join(folder, 'task.json'), JSON.stringify(task));
  const rows = labels.flatMap((label) =>
    Array.from({ length: 8 }, (_, i) =>
      JSON.stringify({ id: `${label}-${i}`, text: textAbout(label, i), output: label }),
    ),
  );
  writeFileSync(join(folder, 'rows.jsonl'), rows.join('\n'));
  await run('new', project, '--task', join(folder, 'task.json'));
  const imported = await run(
    'import',
    project,
    join(folder, 'rows.jsonl'),
    '--map',
    'id=id,text=text,output=output',
    '--reviewed-by',
    'Ana',
  );
  expect(imported.code).toBe(0);
});
afterEach(() => teacher.close());

async function run(...args: string[]) {
  let stdout = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk, encoding, done) => {
    stdout += chunk;
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const code = await main([...args, '--json']);
    return { code, json: JSON.parse(stdout || '{}') as Record<string, unknown> };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test('rows are made here: shape, preview, seed', async () => {
  const typos = ['augment', project, '--strategy', 'typos', '--count', '5'];
  const preview = await run(...typos, '--preview', '2');
  expect(preview).toMatchObject({ code: 0, json: { ok: true, made: 0, sent: 0 } });
  expect(preview.json.preview).toHaveLength(2);
  const made = await run(...typos);
  expect(made).toMatchObject({
    code: 0,
    json: { ok: true, strategy: 'typos', accepted: 5, refused: {}, sent: 0, costUsd: 0 },
  });
  expect(made.json.ids).toHaveLength(5);
});

test('rows are asked of the teacher: refused without a grant, made with one', async () => {
  const asking = [
    'augment',
    project,
    '--strategy',
    'top-up',
    '--count',
    '4',
    '--label',
    'card',
    '--base-url',
    teacher.baseUrl,
    '--model',
    'm',
    '--max-cost',
    '1',
    '--price',
    '0.1,0.4',
    '--verify',
  ];
  expect(await run(...asking)).toMatchObject({
    code: 3,
    json: { ok: false, error: { code: 'gate.refused' } },
  });
  const permit = ['--set', 'permitted', '--where', 'all', '--basis', 'terms'];
  await run('consent', project, ...permit, '--purpose', 'augment');
  const preview = await run(...asking, '--preview', '1');
  expect(preview).toMatchObject({ code: 0, json: { sent: 0 } });
  expect(teacher.received).toHaveLength(0);
  const made = await run(...asking);
  expect(made).toMatchObject({ code: 0, json: { ok: true, strategy: 'top-up', accepted: 4 } });
  expect(made.json.costUsd).toBeGreaterThan(0);
  expect(await run('ledger', project, 'verify')).toMatchObject({ json: { valid: true } });
});

test.each([
  [['--strategy', 'nonsense', '--count', '3'], 2, 'augment.unknown'],
  [['--strategy', 'typos', '--count', '0'], 2, 'app.usage'],
  [['--strategy', 'typos'], 2, 'app.usage'],
  [['--strategy', 'paraphrase', '--count', '3'], 2, 'app.usage'],
  [['--strategy', 'typos', '--count', '3', '--label', 'tea'], 2, 'app.usage'],
])('augment %j ends with %i, %s', async (options, code, error) => {
  expect(await run('augment', project, ...options)).toMatchObject({
    code,
    json: { ok: false, error: { code: error } },
  });
});
