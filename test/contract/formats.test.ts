import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { PairRow } from '../../src/main/export/export-row.ts';
import { defuseFormula, restoreFormula } from '../../src/main/export/formats/csv.ts';
import { formats } from '../../src/main/export/formats/index.ts';
import { NO_CALL } from '../../src/main/export/formats/output-text.ts';
import type { Json } from '../../src/shared/domain/json.ts';
import { parseTask, type Task } from '../../src/shared/domain/task.ts';

/** What a reader gets back from a file of a format. */
type Read = (bytes: Buffer) => Promise<Partial<PairRow>[]>;

const lines = (bytes: Buffer) =>
  bytes
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** One reader per format; a format without one fails below. */
const readers: Readonly<Record<string, Read>> = {
  jsonl: async (bytes) => lines(bytes),
  csv: async (bytes) =>
    parse<Record<string, string>>(bytes, { columns: true }).map((row) => {
      const cells = Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, restoreFormula(cell)]),
      ) as Record<string, string>;
      return { ...cells, context: cells.context || null, output: readOutput(cells.output!) };
    }),
  parquet: async (bytes) => {
    const file = new Uint8Array(bytes).buffer;
    const rows = await parquetReadObjects({ file });
    return rows.map((row) => ({ ...row, output: readOutput(row.output as string) }));
  },
  'openai-chat': async (bytes) =>
    lines(bytes).map(({ messages }) => ({
      ...readAsked(messages.slice(0, -1)),
      output: readAnswer(messages.at(-1)),
    })),
  dpo: async (bytes) =>
    lines(bytes).map(({ prompt, chosen, rejected }) => ({
      ...readAsked(prompt),
      output: readAnswer(only(chosen)),
      rejected: readAnswer(only(rejected)),
    })),
  'openai-dpo': async (bytes) =>
    lines(bytes).map(({ input, preferred_output, non_preferred_output }) => ({
      ...readAsked(input.messages),
      output: readAnswer(only(preferred_output)),
      rejected: readAnswer(only(non_preferred_output)),
    })),
  huggingface: async (bytes) => {
    const file = new Uint8Array(bytes).buffer;
    const rows = await parquetReadObjects({ file });
    const kept = parquetMetadata(file).key_value_metadata!.find(({ key }) => key === 'huggingface');
    const { features } = JSON.parse(kept!.value!).info;
    return rows.map(({ label, output, ...row }) => ({
      ...row,
      output:
        label === undefined ? readOutput(output as string) : features.label.names[Number(label)],
    }));
  },
  alpaca: async (bytes) =>
    lines(bytes).map(({ input, output }) => ({ text: input, output: readOutput(output) })),
  sharegpt: async (bytes) =>
    lines(bytes).map(({ conversations }) => ({
      text: conversations.at(-2).value,
      output: readOutput(conversations.at(-1).value),
    })),
};

interface Message {
  readonly role: string;
  readonly content: string;
  readonly tool_calls?: readonly { readonly function: { name: string; arguments: string } }[];
}

function readAsked(messages: readonly Message[]) {
  const before = messages.at(-2);
  return {
    text: messages.at(-1)!.content,
    context: before?.role === 'assistant' ? before.content : null,
  };
}

function readAnswer({ content, tool_calls }: Message): Json {
  const call = tool_calls?.[0]?.function;
  return call ? { name: call.name, arguments: JSON.parse(call.arguments) } : readOutput(content);
}

function only<Item>(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  return items[0]!;
}

function readOutput(text: string): Json {
  if (text === NO_CALL || text === 'null') return null;
  return text.startsWith('{') ? JSON.parse(text) : text;
}

const task = parseTask({
  name: 'desk',
  kind: 'classify',
  instructions: 'Name the topic.',
  labels: ['refund', '=SUM(A1)'],
});
const toolsTask = parseTask({
  name: 'calls',
  kind: 'tools',
  instructions: 'Call the right tool.',
  tools: [{ name: 'transfer', parameters: { type: 'object', properties: { amount: {} } } }],
});

function row(text: string, output: Json, context: string | null = null): PairRow {
  return {
    id: `id-${text.length}`,
    text,
    context,
    output,
    split: 'train',
    origin: 'real',
    labelledBy: 'human',
    source: null,
    rejected: output === 'refund' ? '=SUM(A1)' : 'refund',
  };
}

const nasty = [
  'plain',
  'comma, "quote" and\nnew line\r\nand tab\t',
  '=HYPERLINK("http://x","y")',
  "'=already defused",
  '\t=1+1',
  'naïve café 日本語 🏦 \u200b\u2028 end',
  ' leading and trailing ',
];

describe.each(Object.keys(formats))('%s', (id) => {
  const encode = (rows: readonly PairRow[], of: Task) =>
    Buffer.concat([...formats[id]!.encode(rows, of)].map((piece) => Buffer.from(piece)));

  test('reads back what it wrote', async () => {
    const rows = nasty.map((text, i) => row(text, i % 2 === 0 ? 'refund' : '=SUM(A1)'));
    const read = await readers[id]!(encode(rows, task));
    expect(read.map((one) => one.text)).toEqual(nasty);
    expect(read.map((one) => one.output)).toEqual(rows.map((one) => one.output));
    if (formats[id]!.needs === 'pairs')
      expect(read.map((one) => one.rejected)).toEqual(rows.map((one) => one.rejected));
    if (formats[id]!.isComplete)
      expect(read.map((one) => one.id)).toEqual(rows.map((one) => one.id));
  });

  test('keeps calls, and the absence of one, apart from texts', async () => {
    const rows = [
      row('send 5', { name: 'transfer', arguments: { amount: 5, to: ['a', 'b'] } }),
      row('hello', null),
    ];
    const read = await readers[id]!(encode(rows, toolsTask));
    expect(read.map((one) => one.output)).toEqual(rows.map((one) => one.output));
  });

  test('of nothing is nothing but a header', async () => {
    if (formats[id]!.extension === 'parquet') return;
    expect(encode([], task).toString('utf8').split('\n').length).toBeLessThanOrEqual(2);
  });
});

test.each(['openai-chat', 'dpo', 'openai-dpo'])(
  'the functions go along with the calls, as OpenAI has them: %s',
  (id) => {
    const call = row('send 5', { name: 'transfer', arguments: { amount: 5 } });
    const encode = (one: PairRow, of: Task) =>
      JSON.parse([...formats[id]!.encode([one], of)].join(''));
    const line = encode(call, toolsTask);
    const { parameters } = toolsTask.tools![0] as { parameters: unknown };
    expect((line.input ?? line).tools).toEqual([
      { type: 'function', function: { name: 'transfer', description: '', parameters } },
    ]);
    expect(encode(row('hello', 'refund'), task)).not.toHaveProperty('tools');
  },
);

test('a file without the turn before differs from one with it', async () => {
  const encode = (context: string | null) =>
    [...formats['openai-chat']!.encode([row('yes', 'refund', context)], task)].join('');
  expect((await readers['openai-chat']!(Buffer.from(encode('Refund?'))))[0]!.context).toBe(
    'Refund?',
  );
  expect(encode(null)).not.toBe(encode('Refund?'));
});

test('cells that a spreadsheet would run are defused, reversibly; others are untouched', () => {
  const unseen = [' =1', '\u00a0+1', '\ufeff=1', '\u200b@a', "' =1"];
  for (const cell of ['=1', '+1', '-1', '@a', '\tx', '\rx', "'=1", "''=1", '＝1', ...unseen]) {
    expect(defuseFormula(cell)).toBe(`'${cell}`);
    expect(restoreFormula(defuseFormula(cell))).toBe(cell);
  }
  for (const cell of ['a=1', "'quoted'", '', "it's", ' a = 1', "' a"]) {
    expect(defuseFormula(cell)).toBe(cell);
    expect(restoreFormula(cell)).toBe(cell);
  }
  const written = [...formats.csv!.encode([row('=cmd|x', '=SUM(A1)')], task)].join('');
  expect(written).not.toMatch(/(^|,|\n)"?[=+\-@]/);
  expect('id,=cmd').toMatch(/(^|,|\n)"?[=+\-@]/); // the pattern does find one (control)
});
