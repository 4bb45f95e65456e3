import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMapping } from '../../src/main/collect/mapping.ts';
import type { Example } from '../../src/main/store/examples.ts';
import { createImportProject } from '../helpers/import-project.ts';
import { toParquet, toXlsx } from '../helpers/table-files.ts';

const map = parseMapping('text=text,output=label,id=id,group=thread,split=part,context=before');

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

const expected = [
  {
    id: 'a1',
    text: 'where is my card?',
    context: null,
    meta: { note: 'x, "y"' },
    group: 't1',
    split: 'train',
    status: 'labelled',
    output: 'card',
  },
  {
    id: 'a2',
    text: 'päivää 🙂 & <b>',
    context: 'assistant: hi',
    meta: { note: 'two\nlines' },
    group: null,
    split: 'holdout',
    status: 'labelled',
    output: 'refund',
  },
  {
    id: 'a3',
    text: '=SUM(A1)',
    context: null,
    meta: { note: '' },
    group: null,
    split: 'unassigned',
    status: 'new',
    output: undefined,
  },
];
const columns = ['id', 'text', 'before', 'label', 'thread', 'part', 'note'];
const table = [
  ['a1', 'where is my card?', '', 'card', 't1', 'train', 'x, "y"'],
  ['a2', 'päivää 🙂 & <b>', 'assistant: hi', ' refund ', '', 'test', 'two\nlines'],
  ['a3', '=SUM(A1)', '', '', '', '', ''],
];
const objects = table.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
const csvText = stringify([columns, ...table]);

const files: Record<string, () => string | Uint8Array | Promise<Uint8Array>> = {
  'comma.csv': () => csvText,
  'windows.csv': () =>
    `\uFEFF${stringify([columns, ...table], { record_delimiter: 'windows', quoted: true })}`,
  'semicolon.csv': () => stringify([columns, ...table], { delimiter: ';' }),
  'bar.txt': () => stringify([columns, ...table], { delimiter: '|' }),
  'tab.tsv': () => stringify([columns, ...table], { delimiter: '\t' }),
  'utf16le.csv': () => Buffer.from(`\uFEFF${csvText}`, 'utf16le'),
  'utf16be.csv': () => Buffer.from(`\uFEFF${csvText}`, 'utf16le').swap16(),
  'lines.jsonl': () => objects.map((row) => JSON.stringify(row)).join('\n'),
  'lines.json': () => objects.map((row) => `${JSON.stringify(row)}\n`).join(''),
  'array.json': () => JSON.stringify(objects, null, 2),
  'envelope.json': () =>
    JSON.stringify({ tags: ['x'], data: { rows: 3 }, rows: objects, more: null }),
  'sheet.xlsx': () => toXlsx([columns, ...table.map((row) => row.map((cell) => cell || null))]),
  'table.parquet': () =>
    toParquet(
      columns.map((name, i) => ({ name, data: table.map((row) => row[i]), type: 'STRING' })),
      2,
    ),
};

describe('every kind of file gives the same examples', () => {
  test.each(Object.keys(files))('%s', async (name) => {
    const project = createImportProject();
    const path = project.file(name, await files[name]!());
    const result = await project.import(path, { mapping: map });
    expect(result).toMatchObject({ imported: 3, duplicates: 0, refused: [], refusedTotal: 0 });
    const isSheet = name.endsWith('.xlsx');
    const rows = project.store.examples.list().map(({ ...row }) => seen(row));
    expect(rows.map(({ line: _, ...row }) => row)).toEqual(
      expected.map((row) => (isSheet && row.id === 'a3' ? { ...row, meta: { note: null } } : row)),
    );

    const before = project.dump();
    const again = await project.import(path, { mapping: map });
    expect(again).toMatchObject({ imported: 0, duplicates: 3, refusedTotal: 0 });
    expect(JSON.parse(project.dump())).toMatchObject(
      (JSON.parse(before) as [string, unknown][]).map(([table]) => [table, expect.anything()]),
    );
    expect(project.store.examples.count()).toBe(3);
  });
});

test.each(['utf-8', 'utf-16le'] as const)(
  'characters that straddle the pieces of a file, %s',
  async (encoding) => {
    const project = createImportProject();
    // Lengths of 1 to 4 bytes, so that every way of cutting a character happens.
    const texts = Array.from({ length: 15_000 }, (_, i) => `${'é€🙂a'.slice(i % 3)}${i}ß🙂`);
    const content = `\uFEFFtext\n${texts.join('\n')}\n`;
    await project.import(project.file('wide.csv', Buffer.from(content, encoding)));
    expect(project.store.examples.list().map(({ text }) => text)).toEqual(
      texts.map((text) => text.toWellFormed()),
    );
  },
);

test('any table of texts comes back as csv-stringify wrote it', async () => {
  const project = createImportProject();
  let round = 0;
  const cell = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(',', ';', '\t', '"', '\n', '\r', ' ', 'a', '|') }),
    )
    .filter((text) => !text.includes('\u0000'));
  const tableOf = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      tableOf,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.boolean(),
      async (pairs, delimiter, isQuoted) => {
        round++;
        const content = stringify(
          [
            ['id', 'text', 'more'],
            ...pairs.map(([text, more], i) => [`${round}-${i}`, `x${text}`, more]),
          ],
          { delimiter, quoted: isQuoted },
        );
        const path = project.file(`t${round}.csv`, content);
        const { sourceId } = await project.import(path, {
          mapping: parseMapping('id=id,text=text'),
        });
        const back = project.store.examples.list().filter((row) => row.sourceId === sourceId);
        expect(back.map((row) => [row.text, row.meta.more])).toEqual(
          pairs.map(([text, more]) => [`x${text}`, more]),
        );
      },
    ),
    { numRuns: 60 },
  );
});
