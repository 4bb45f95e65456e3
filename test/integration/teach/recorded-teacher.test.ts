import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRecordedTeacher } from '../../../src/main/app/recorded-teacher.ts';
import { addExample, ask, newProject, setConsent } from './project.ts';

function record(replies: readonly { text: string; raw: string }[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-recorded-')), 'replies.jsonl');
  writeFileSync(path, replies.map((reply) => `${JSON.stringify(reply)}\n`).join(''));
  return path;
}

test('plays back what was recorded, by the text or by what redaction left of it; busy now and then', async () => {
  const path = record([
    { text: 'Where is my refund?', raw: '{"label": "refund", "confidence": 0.9}' },
    { text: 'refund', raw: '{"label": "other"}' },
    { text: 'I lost my card.', raw: '{"label": "card lost", "confidence": 0.8}' },
  ]);
  const teacher = await startRecordedTeacher(path, { model: 'recorded', busyEvery: 2 });
  const { store } = newProject();
  addExample(store, 'a', 'Where is my refund?');
  addExample(store, 'b', 'I lost my card. Write to anna@example.org.');
  addExample(store, 'c', 'never recorded');
  setConsent(store, 'all', 'redacted');
  const result = await ask(store, `${teacher.url}/v1`, { concurrency: 1 });
  expect(result).toMatchObject({ sent: 3, accepted: 2, failed: 1, redactions: 1 });
  expect(result.tries).toBeGreaterThan(3);
  expect(result.lastError).toContain('no reply was recorded');
  expect(store.examples.list().map((example) => example.label?.output)).toEqual([
    'refund',
    'card lost',
    undefined,
  ]);
  const models = (await (await fetch(`${teacher.url}/v1/models`)).json()) as {
    data: { id: string }[];
  };
  expect(models.data[0]!.id).toBe('recorded');
  await teacher.close();
});

test('a file that holds no replies is a clear error', () => {
  const path = record([]);
  writeFileSync(path, '{"id": 1}\n');
  expect(() => startRecordedTeacher(path, { model: 'm' })).toThrow(
    /not a file of recorded replies/,
  );
});
