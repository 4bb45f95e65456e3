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

test('what a file says of its failures gives a terminal no orders', async () => {
  const { store } = newProject();
  const path = file([
    { id: 'x\u001b[2J', raw: 'refund' },
    {
      custom_id: 'x',
      result: { type: 'errored', error: { error: { message: 'over\u001b]0;title\u0007loaded' } } },
    },
  ]);
  const { failures } = await teachFromReplies(store, triage, path, unwatched);
  expect(failures.map(({ reason }) => reason)).toEqual([
    'there is no example with the id "x [2J"',
    'the provider did not answer it (errored: over ]0;title loaded)',
  ]);
});

test('a missing file is a clear error', async () => {
  const { store } = newProject();
  await expect(
    teachFromReplies(store, triage, '/nowhere/x.jsonl', unwatched),
  ).rejects.toMatchObject({
    code: 'file.missing',
  });
});

test("a provider's batch results are read as they were downloaded, and what failed there is told", async () => {
  const { store } = newProject();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) addExample(store, id, `text ${id}`);
  const reply = JSON.stringify({ label: 'refund' });
  const chat = (message: object, more: object = {}) => ({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, ...more }],
  });
  const path = file([
    // OpenAI: output and error files of /v1/chat/completions and /v1/responses.
    {
      id: 'batch_req_1',
      custom_id: 'a',
      response: { status_code: 200, request_id: 'r', body: chat({ content: reply }) },
      error: null,
    },
    {
      id: 'batch_req_2',
      custom_id: 'b',
      response: { status_code: 200, body: chat({ content: null, refusal: 'Not this.' }) },
      error: null,
    },
    {
      custom_id: 'c',
      response: {
        status_code: 200,
        body: {
          object: 'response',
          output: [
            { type: 'reasoning', summary: [] },
            { type: 'message', content: [{ type: 'output_text', text: reply }] },
          ],
        },
      },
    },
    {
      custom_id: 'd',
      response: { status_code: 400, body: { error: { message: 'context too long' } } },
    },
    { custom_id: 'e', response: null, error: { code: 'batch_expired', message: 'It expired.' } },
    // Anthropic.
    {
      custom_id: 'f',
      result: {
        type: 'succeeded',
        message: { content: [{ type: 'text', text: reply }], stop_reason: 'end_turn' },
      },
    },
    {
      custom_id: 'g',
      result: {
        type: 'errored',
        error: { type: 'error', error: { type: 'invalid_request_error', message: 'bad key' } },
      },
    },
    {
      custom_id: 'h',
      result: {
        type: 'succeeded',
        message: { content: [{ type: 'text', text: '{"lab' }], stop_reason: 'max_tokens' },
      },
    },
    { custom_id: 'h', result: { type: 'expired' } },
  ]);
  const result = await teachFromReplies(store, triage, path, unwatched);
  expect(result).toMatchObject({ accepted: 3, malformed: 2, refusals: 1, cutOff: 1, failed: 4 });
  expect(result.failures.map(({ reason }) => reason)).toEqual([
    'the provider did not answer it (failed, 400: context too long)',
    'the provider did not answer it (failed: It expired.)',
    'the provider did not answer it (errored: bad key)',
    'the provider did not answer it (expired)',
  ]);
  const labelled = store.examples.list().filter((row) => row.label?.output === 'refund');
  expect(labelled.map((row) => row.externalId)).toEqual(['a', 'c', 'f']);
  expect(await teachFromReplies(store, triage, path, unwatched)).toMatchObject({
    accepted: 0,
    alreadyRecorded: 5,
  });
});
