import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwatched } from '../../../src/main/lib/work.ts';
import { teachFromReplies } from '../../../src/main/teach/teach-from-replies.ts';
import { addExample, newProject, triage } from './project.ts';

function file(lines: readonly unknown[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-replies-')), 'batch.jsonl');
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

test('replies from a file are recorded once, private rows and holdout included', async () => {
  const { store } = newProject();
  addExample(store, 'a', 'private');
  addExample(store, 'h', 'holdout', { split: 'holdout' });
  addExample(store, '7', 'a numeric id');
  const path = file([
    { id: 'a', raw: '{"label": "refund", "confidence": 0.7}' },
    { id: 'h', raw: 'The label is "card lost".' },
    { id: 7, raw: { label: 'other' } },
    { id: 'nobody', raw: '{"label": "refund"}' },
    'this is no JSON',
    { id: 'a' },
    '',
    {
      custom_id: 'h',
      response: { body: { choices: [{ message: { content: '{"label": "refund or other"}' } }] } },
    },
  ]);
  const first = await teachFromReplies(store, triage, path, unwatched);
  expect(first).toMatchObject({
    requested: 7,
    sent: 0,
    accepted: 3,
    malformed: 1,
    failed: 3,
    costUsd: 0,
    alreadyRecorded: 0,
    failures: [{ line: 4 }, { line: 5 }, { line: 6 }],
  });
  expect(store.ledger.isEmpty()).toBe(true);
  const [label] = store.labels.of(store.examples.findByExternalId('a')!.id);
  expect(label).toMatchObject({
    author: 'teacher',
    name: 'replies:batch.jsonl',
    output: 'refund',
    confidence: 0.7,
  });

  const again = await teachFromReplies(store, triage, path, unwatched);
  expect(again).toMatchObject({ accepted: 0, malformed: 0, failed: 3, alreadyRecorded: 4 });
  expect(store.replies.countByOutcome()).toEqual({ accepted: 3, malformed: 1 });
});

test('equal answers of several samples are votes, and still recorded once', async () => {
  const { store } = newProject();
  addExample(store, 'a', 'text');
  const votes = ['refund', 'other', 'refund'].map((label) => ({
    id: 'a',
    raw: JSON.stringify({ label }),
  }));
  const path = file(votes);
  expect(await teachFromReplies(store, triage, path, unwatched)).toMatchObject({ accepted: 3 });
  expect(await teachFromReplies(store, triage, path, unwatched)).toMatchObject({
    alreadyRecorded: 3,
  });
  expect(store.examples.list()[0]!.label).toMatchObject({ output: 'refund', agreement: 2 / 3 });
});

test('a missing file is a clear error', async () => {
  const { store } = newProject();
  await expect(
    teachFromReplies(store, triage, '/nowhere/x.jsonl', unwatched),
  ).rejects.toMatchObject({
    code: 'file.missing',
  });
});
