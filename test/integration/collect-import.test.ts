import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { importFile } from '../../src/main/collect/import-file.ts';
import { parseMapping } from '../../src/main/collect/mapping.ts';
import { previewFile } from '../../src/main/collect/preview-file.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import type { Example } from '../../src/main/store/examples.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { classifyTask, createImportProject } from '../helpers/import-project.ts';
import { toParquet } from '../helpers/table-files.ts';

const tools = parseTask({
  name: 't',
  kind: 'tools',
  tools: [
    { name: 'book', parameters: { type: 'object', properties: { seats: { type: 'integer' } } } },
  ],
});

/** What came in, without what differs from run to run. */
function seen({ externalId, text, context, meta, groupKey, split, status, line, label }: Example) {
  return {
    id: externalId,
    text,
    context,
    meta,
    group: groupKey,
    split,
    status,
    line,
    output: label?.output,
  };
}

test('a chat log gives text, context and answer', async () => {
  const project = createImportProject();
  const path = project.file(
    'log.jsonl',
    `${JSON.stringify({
      id: 7,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: 'hi' },
        { role: 'user', content: [{ type: 'text', text: 'where is my card?' }] },
        { role: 'assistant', content: 'card' },
      ],
    })}\n`,
  );
  await project.import(path);
  expect(project.store.examples.list().map(seen)).toEqual([
    {
      id: '7',
      text: 'where is my card?',
      context: 'user: hello\nassistant: hi',
      meta: { system: 'Be brief.' },
      group: null,
      split: 'unassigned',
      status: 'labelled',
      line: 1,
      output: 'card',
    },
  ]);
});

test.each([
  [
    'a stored completion with its messages',
    { id: 'chatcmpl-1', metadata: { team: 'desk' } },
    (messages: unknown, choices: unknown) => ({ messages, choices }),
  ],
  [
    'a logged call',
    { id: 'chatcmpl-1' },
    (messages: unknown, choices: unknown) => ({
      request: { model: 'm', messages },
      response: { choices },
    }),
  ],
  [
    'a batch request, whose results come as replies under the same id',
    { custom_id: 'chatcmpl-1', method: 'POST', url: '/v1/chat/completions' },
    (messages: unknown) => ({ body: { model: 'm', messages } }),
  ],
])('%s is a conversation, too', async (name, more, wrap) => {
  const project = createImportProject();
  const answer = {
    index: 0,
    finish_reason: 'stop',
    message: { role: 'assistant', content: 'card' },
  };
  const wrapped = wrap([{ role: 'user', content: 'where is it?' }], [answer]);
  const path = project.file('log.jsonl', `${JSON.stringify({ ...more, ...wrapped })}\n`);
  expect((await previewFile(classifyTask, { path })).importer).toBe('openai-chat');
  await project.import(path);
  const [row] = project.store.examples.list().map(seen);
  expect(row).toMatchObject({ id: 'chatcmpl-1', text: 'where is it?' });
  expect(row!.output).toBe(name.startsWith('a batch') ? undefined : 'card');
});

test('a chat log gives calls, and no call where the assistant only spoke', async () => {
  const project = createImportProject(tools);
  const ask = { role: 'user', content: 'a table for two' };
  const call = { function: { name: 'book', arguments: '{"seats":2}' } };
  const lines = [
    [
      ask,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', content: 'ok' },
      { role: 'assistant', content: 'done' },
    ],
    [ask, { role: 'assistant', content: 'No.' }],
    [ask],
  ];
  await project.import(
    project.file('log.jsonl', lines.map((messages) => JSON.stringify({ messages })).join('\n')),
  );
  expect(project.store.examples.list().map(({ label }) => label?.output)).toEqual([
    { name: 'book', arguments: { seats: 2 } },
    null,
    undefined,
  ]);
});

test('outputs of a tools task are JSON in a text or the value itself; null is "no call"', async () => {
  const project = createImportProject(tools);
  const call = { arguments: { seats: 2 }, name: 'book' };
  const rows = [
    { text: 'a', call },
    { text: 'b', call: JSON.stringify(call) },
    { text: 'c', call: null },
    { text: 'd', call: 'null' },
    { text: 'e' },
    { text: 'f', call: { name: 'fly', arguments: {} } },
    { text: 'g', call: '{broken' },
  ];
  const path = project.file('calls.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  const result = await project.import(path, { mapping: parseMapping('text=text,output=call') });
  expect(result).toMatchObject({
    imported: 6,
    invalidOutputs: 1,
    refused: [{ line: 7, reason: expect.stringMatching(/not JSON/) }],
  });
  const labels = project.store.examples
    .list()
    .map(({ label }) => label && [label.output, label.isValid]);
  expect(labels).toEqual([
    [{ name: 'book', arguments: { seats: 2 } }, true],
    [{ name: 'book', arguments: { seats: 2 } }, true],
    [null, true],
    [null, true],
    undefined,
    [{ name: 'fly', arguments: {} }, false],
  ]);
});

test('Parquet gives objects, numbers and times as JSON has them', async () => {
  const project = createImportProject(tools);
  const path = project.file(
    'calls.parquet',
    toParquet([
      { name: 'text', data: ['a', 'b'], type: 'STRING' },
      { name: 'call', data: [{ name: 'book', arguments: { seats: 2 } }, null], type: 'JSON' },
      { name: 'count', data: [5n, 2n ** 60n], type: 'INT64' },
    ]),
  );
  await project.import(path, { mapping: parseMapping('text=text,output=call') });
  const [first, second] = project.store.examples.list();
  expect(first?.label?.output).toEqual({ name: 'book', arguments: { seats: 2 } });
  expect(second?.label?.output).toBeNull();
  expect([first?.meta, second?.meta]).toEqual([{ count: 5 }, { count: '1152921504606846976' }]);
});

test('rows that can not be used are refused with line and remedy, the others come in', async () => {
  const project = createImportProject();
  const path = project.file(
    'mixed.csv',
    'id,text,label,part\n1,good,card,train\n2,,card,train\n3,"two\nlines",card,middle\n4,ragged\n1,other text,card,\n1,good,refund,\n1,good,card,\n5,odd label,banana,\n',
  );
  const result = await project.import(path, {
    mapping: parseMapping('id=id,text=text,output=label,split=part'),
  });
  expect(result).toMatchObject({ imported: 2, duplicates: 1, invalidOutputs: 1, refusedTotal: 5 });
  expect(result.refused.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'the text is empty'],
    [4, '"middle" is not a split'],
    [6, 'the row has 2 fields where the header has 4'],
    [7, 'the id "1" already names a different row'],
    [8, 'the id "1" already names a row with the same text and another output'],
  ]);
  expect(result.refused.every(({ remedy }) => remedy.length > 10)).toBe(true);
  const source = project.store.sources.list()[0];
  expect(source).toMatchObject({ imported: 2, refused: 5, duplicates: 1, importer: 'csv' });
});

test('labels that a person has checked are theirs and approved', async () => {
  const project = createImportProject();
  const path = project.file('checked.csv', 'text,label\na,card\nb,banana\nc,\n');
  await project.import(path, { reviewedBy: 'Ann', split: 'holdout' });
  const rows = project.store.examples.list();
  expect(rows.map(({ status, split, label }) => [status, split, label?.author])).toEqual([
    ['approved', 'holdout', 'human'],
    ['labelled', 'holdout', 'human'],
    ['new', 'holdout', undefined],
  ]);
  expect(project.store.labels.of(rows[0]!.id)[0]).toMatchObject({ name: 'Ann', author: 'human' });
  expect(project.dump()).toContain('"Ann","approve"');
});

test('the current label is what labels.refresh derives', async () => {
  const project = createImportProject();
  const rows = Array.from({ length: 130 }, (_, i) => `text ${i},${['card', 'odd', ''][i % 3]}\n`);
  await project.import(project.file('many.csv', `text,label\n${rows.join('')}`));
  const before = project.dump();
  for (const id of project.store.examples.ids()) project.store.labels.refresh(id);
  expect(project.dump()).toBe(before);
});

test('two files of one name keep their rows apart, and equal texts are all kept', async () => {
  const project = createImportProject();
  await project.import(project.file('log.csv', 'text\nsame\nsame\n'));
  const result = await project.import(project.file('log.csv', 'text\nother\nsame\n'));
  expect(result).toMatchObject({ imported: 1, duplicates: 1, refusedTotal: 0 });
  expect(project.store.examples.list().map(({ externalId }) => externalId)).toEqual([
    'log:2',
    'log:3',
    'log~2:2',
  ]);
});

test("Excel's line that names the delimiter is not a row", async () => {
  const project = createImportProject();
  await project.import(project.file('excel.csv', 'sep=;\r\ntext;label\r\n"a,b";card\r\n'));
  expect(project.store.examples.list()).toMatchObject([
    { externalId: 'excel:3', text: 'a,b', line: 3, label: { output: 'card' } },
  ]);
});

test('a folder is not a file', async () => {
  const project = createImportProject();
  const folder = dirname(project.store.path);
  await expect(project.import(folder)).rejects.toMatchObject({ code: 'file.malformed' });
  await expect(project.import(`${folder}/none.csv`)).rejects.toMatchObject({
    code: 'file.missing',
  });
});

test('Windows-1252 is read when it is named', async () => {
  const project = createImportProject();
  const path = project.file('old.csv', Buffer.from('text\ncaf\u00e9 \u0080 100\n', 'latin1'));
  await project.import(path, { encoding: 'windows-1252' });
  expect(project.store.examples.list()[0]?.text).toBe('café € 100');
});

test('a failure after the rows, such as of the grant, and a cancel leave nothing', async () => {
  const project = createImportProject();
  const path = project.file('a.csv', 'text\na\n');
  const before = project.dump();
  const fail = () => {
    throw new Error('no grant');
  };
  await expect(project.import(path, { onImported: fail })).rejects.toThrow('no grant');
  expect(project.dump()).toBe(before);
  const cancelled = { ...unwatched, signal: AbortSignal.abort() };
  await expect(importFile(project.store, classifyTask, { path }, cancelled)).rejects.toThrow(
    /Cancelled/,
  );
  expect(project.dump()).toBe(before);
  await project.import(path);
  expect(project.dump()).not.toBe(before);
});

test('a column that only later rows have is found; names of prototypes are plain columns', async () => {
  const project = createImportProject();
  const lines = Array.from({ length: 300 }, (_, i) => JSON.stringify({ text: `t${i}` }));
  lines.push('{"text":"last","label":"card","__proto__":{"x":1},"constructor":"y"}');
  const path = project.file('late.jsonl', lines.join('\n'));
  const result = await project.import(path, { mapping: parseMapping('text=text,output=label') });
  expect(result.imported).toBe(301);
  const last = project.store.examples.list().at(-1)!;
  expect(last.label?.output).toBe('card');
  expect(Object.keys(last.meta)).toEqual(['__proto__', 'constructor']);
});

test('a preview shows what would be read and changes nothing', async () => {
  const project = createImportProject();
  const rows = Array.from({ length: 80 }, (_, i) => `${i};message ${i};card\n`).join('');
  const path = project.file('p.csv', `Ticket;Customer Message;x\n${rows}`);
  const before = project.dump();
  const preview = await previewFile(classifyTask, { path });
  expect(preview).toMatchObject({
    importer: 'csv',
    encoding: 'utf-8',
    delimiter: ';',
    columns: ['Ticket', 'Customer Message', 'x'],
    mapping: { text: 'Customer Message', output: 'x' },
  });
  expect(preview.rows).toHaveLength(50);
  expect(project.dump()).toBe(before);
});
