import { gzipSync, strToU8 } from 'fflate';
import type { ImportRequest } from '../../src/main/collect/import-file.ts';
import { parseMapping } from '../../src/main/collect/mapping.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { toParquet } from './table-files.ts';

/** A file that can't be imported: its name, its bytes, what the error must say, and options of the import. */
export type Malformed = readonly [
  name: string,
  content: string | Uint8Array | (() => Uint8Array | Promise<Uint8Array>),
  says: RegExp,
  request?: Partial<ImportRequest>,
];

export const rows = 'text,label\nfirst,card\nsecond,refund\n';
const utf16 = (text: string, bom = true) => Buffer.from(`${bom ? '\uFEFF' : ''}${text}`, 'utf16le');
export const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const line = (fields: object) => `${JSON.stringify(fields)}\n`;
const good = line({ text: 'first' }) + line({ text: 'second' });
const chat = (messages: unknown) => line({ messages });

/** Longer in all than the pieces in which files are read. */
const filler = '.'.repeat(50);
/** Enough rows that some are written before the end of the file is seen. */
const many = (row: (i: number) => string) =>
  Array.from({ length: 6_000 }, (_, i) => row(i)).join('');
const manyObjects = (separator: string) =>
  many((i) => line({ text: `row ${i} ${filler}` }).replace('\n', separator));

/** Files that are good for a long way. */
export const lateFiles: Malformed[] = [
  [
    'late-unclosed.csv',
    `text\n${many((i) => `row ${i} ${filler}\n`)}"never closed\n`,
    /line 600\d.*never closed.*Close the quote/,
  ],
  [
    'late-after-quote.csv',
    `text\n${many((i) => `row ${i} ${filler}\n`)}"a"b\n`,
    /line 6002: a quote stands in the middle/,
  ],
  [
    'late-bad-byte.csv',
    bytes(
      'text\n',
      many((i) => `row ${i} ${filler}\n`),
      [0xe9],
      '\n',
    ),
    /line 6002: the byte 0xe9/,
  ],
  ['late-cut.jsonl', `${manyObjects('\n')}{"text": "thi`, /line 6001: the last line is cut off/],
  ['late-bad-byte.jsonl', bytes(manyObjects('\n'), [0x80]), /line 6001: the byte 0x80/],
  ['late-cut.json', `[${manyObjects(',\n')}{"text": "thi`, /line 6001: .*cut off before its end/],
  ['late-not-json.json', `[${manyObjects(',\n')}{text: 1}]`, /line 6001: not JSON/],
  ['late-rubbish.json', `[${manyObjects(',\n')}{}] x`, /not JSON/],
  [
    'late-cut-chat.jsonl',
    `${many(() => chat([{ role: 'user', content: 'a' }]))}{"messages": [`,
    /line 6001: the last line/,
  ],
  [
    'late-damaged.parquet',
    () => {
      const file = toParquet([
        { name: 'text', data: Array.from({ length: 3_000 }, (_, i) => `row ${i}`) },
      ]);
      return file.fill(0xff, file.length - 2_600, file.length - 1_600);
    },
    /can't be read/,
  ],
  [
    'late-mapping.jsonl',
    manyObjects('\n'),
    /no column "label"/,
    { mapping: { text: 'text', output: 'label' } },
  ],
];

const csvFiles: Malformed[] = [
  ['empty.csv', '', /the file is empty.*header row/],
  ['bom-only.csv', '\uFEFF', /the file is empty/],
  ['blank-lines.csv', '\n\n\r\n', /the file is empty/],
  ['header-only.csv', 'text,label\n', /no rows in it/],
  ['unclosed-at-end.csv', `${rows}"third,card\n`, /line \d.*never closed.*Close the quote/],
  ['unclosed-at-start.csv', '"text,label\nfirst,card\n', /never closed/],
  ['after-quote.csv', `${rows}"a"b,card\n`, /line 4: a quote stands in the middle/],
  ['same-names.csv', 'text,label,label\na,card,card\n', /line 1: two columns are named "label"/],
  ['same-names-blanks.csv', 'text, label ,label\na,card,card\n', /two columns are named "label"/],
  [
    'bad-byte.csv',
    bytes(rows, 'caf', [0xe9], ',card\n'),
    /line 4: the byte 0xe9 at offset 39 is not UTF-8.*windows-1252/,
  ],
  [
    'cut-character.csv',
    bytes(rows, 'caf', [0xc3]),
    /line 4: the byte 0xc3 at offset 39 is not UTF-8/,
  ],
  ['overlong.csv', bytes(rows, [0xc0, 0x80], ',card\n'), /the byte 0xc0 at offset 36 is not UTF-8/],
  [
    'surrogate-bytes.csv',
    bytes(rows, [0xed, 0xa0, 0x80], ',card\n'),
    /the byte 0xed at offset 36 is not UTF-8/,
  ],
  ['utf16-no-bom.csv', utf16(rows, false), /UTF-16 without a byte order mark.*--encoding utf-16le/],
  ['utf16-cut.csv', utf16(rows).subarray(0, -1), /UTF-16LE.*cut off/],
  ['utf16-half-pair.csv', utf16(`${rows}\uD83D,card\n`), /half of a surrogate pair/],
  ['utf32.csv', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /UTF-32.*Save it as UTF-8/],
  ['binary.csv', Buffer.alloc(4_000), /full of NUL bytes/],
  ['gzip.csv', () => gzipSync(strToU8(rows)), /is not UTF-8|NUL/],
  ['header-nul.csv', 'te\u0000xt,label\nfirst,card\n', /line 1: a column name has a NUL/],
  ['huge-record.csv', `${rows}"${'x'.repeat(8_100_000)}`, /longer than 8000000 characters/],
  [
    'ragged.csv',
    'text,label\na\nb,card,more\n',
    /none of its 2 rows.*1 fields where the header has 2/,
  ],
  [
    'all-blank-text.csv',
    'text,label\n ,card\n,refund\n',
    /none of its 2 rows.*Line 2: the text is empty/,
  ],
  [
    'no-such-column.csv',
    rows,
    /no column "body".*"text", "label"/,
    { mapping: parseMapping('text=body') },
  ],
  [
    'no-such-output.csv',
    rows,
    /no column "intent".*--map output=/,
    { mapping: parseMapping('text=text,output=intent') },
  ],
  ['no-text-column.csv', 'n,m\n1,2\n', /no column that is clearly the text.*"n", "m"/],
  [
    'bad-splits.csv',
    'text,part\na,middle\n',
    /"middle" is not a split/,
    { mapping: parseMapping('text=text,split=part') },
  ],
  ['shift-jis.csv', bytes('text\n', [0x82], '\n'), /not shift_jis/, { encoding: 'shift_jis' }],
  ['unknown-encoding.csv', rows, /encoding "klingon" is not known/, { encoding: 'klingon' }],
  ['unclosed.tsv', 'text\tlabel\nfirst\tcard\n"second\trefund\n', /never closed/],
  ['same-names.tsv', 'text\ttext\na\tb\n', /two columns are named "text"/],
  ['ragged.tsv', 'text\tlabel\na\tb\tc\n', /3 fields where the header has 2/],
];

const jsonFiles: Malformed[] = [
  ['empty.jsonl', '', /no rows in it/],
  ['blank.jsonl', '\n \n\n', /no rows in it/],
  ['cut.jsonl', `${good}{"text": "thi`, /line 3: the last line is cut off/],
  ['cut-first.jsonl', '{"text": "thi', /line 1: the last line is cut off/],
  ['not-json.jsonl', 'hello\nworld\n', /none of its 2 rows.*Line 1: not JSON/],
  ['pretty.jsonl', '{\n"text": "a"\n}\n', /none of its 3 rows.*not JSON/],
  ['arrays.jsonl', '[1]\n[2]\n', /JSON, but not an object/, { format: 'jsonl' }],
  [
    'bad-byte.jsonl',
    bytes(good, '{"text": "', [0xff], '"}\n'),
    /line 3: the byte 0xff at offset 45/,
  ],
  ['utf16-cut.jsonl', utf16(good).subarray(0, -1), /UTF-16LE/],
  ['null-text.jsonl', line({ text: null }), /the text is empty/],
  [
    'object-text.jsonl',
    line({ text: { a: 1 } }),
    /the text is an object/,
    { mapping: { text: 'text' } },
  ],
  ['half-pair.jsonl', '{"text": "\\ud83d"}\n', /half of a surrogate pair/],
  ['nul.jsonl', '{"text": "a\\u0000b"}\n', /NUL character/],
  ['no-such-column.jsonl', good, /no column "body"/, { mapping: { text: 'body' } }],
  [
    'never-an-output.jsonl',
    good,
    /no column "label"/,
    { mapping: { text: 'text', output: 'label' } },
  ],
  ['huge-line.jsonl', `${'x'.repeat(17_000_000)}\n`, /longer than 16000000 characters/],
  ['huge-field.jsonl', line({ text: 'x'.repeat(1_000_001) }), /longer than 1000000 characters/],
  [
    'deep.jsonl',
    `{"text":"a","more":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`,
    /nested too deeply/,
  ],
  ['empty.json', '', /cut off|not JSON/],
  ['empty-array.json', '[]', /no rows in it/],
  ['cut-element.json', '[{"text": "a"}, {"text": ', /cut off before its end/],
  ['cut-after-comma.json', '[{"text": "a"},', /cut off/],
  ['cut-string.json', '[{"text": "a', /cut off/],
  ['cut-envelope.json', '{"rows": [{"text": "a"}], "more"', /cut off/],
  ['comma-at-end.json', '[{"text": "a"},\n]', /line 2: there is a comma after the last row/],
  ['no-comma.json', '[{"text": "a"}\n{"text": "b"}]', /line 2: a comma is missing/],
  ['two-commas.json', '[{"text": "a"},,{"text": "b"}]', /a comma stands where a row/],
  ['two-arrays.json', '{"a": [{"text": "a"}], "b": [{"text": "b"}]}', /two arrays of objects/],
  ['no-array.json', '{"text": "a"}', /no array of objects/],
  ['scalar.json', '42', /no array of objects/],
  ['word.json', 'hello', /not JSON/],
  ['scalars.json', '[1, "two", null]', /element 1 is not an object/],
  ['after-end.json', '[{"text": "a"}] more', /not JSON/],
  ['two-documents.json', '[{"text": "a"}][{"text": "b"}]', /not JSON|two arrays/],
  ['unquoted-key.json', '[{"text": "a"},\n{text: "b"}]', /line 2: not JSON/],
  ['mixed-brackets.json', '[{"text": "a"], {"b": 1}}', /not JSON|cut off/],
  ['bad-byte.json', bytes('[{"text": "', [0x80], '"}]'), /line 1: the byte 0x80 at offset 11/],
];

const chatFiles: Malformed[] = [
  [
    'cut-chat.jsonl',
    `${chat([{ role: 'user', content: 'a' }])}{"messages": [`,
    /line 2: the last line is cut off/,
  ],
  [
    'no-list.jsonl',
    '{"messages": []}\n{"messages": "hi"}\n',
    /no message is from the user.*not a list of messages/,
  ],
  [
    'nobody-asked.jsonl',
    chat([{ role: 'assistant', content: 'a' }]),
    /no message is from the user/,
  ],
  [
    'image.jsonl',
    chat([{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }]),
    /parts that are not text/,
  ],
  ['strings.jsonl', chat(['hi']), /not a list of messages/],
  ['empty-question.jsonl', chat([{ role: 'user', content: '' }]), /the text is empty/],
];

const answered = (tool_calls: unknown) =>
  chat([
    { role: 'user', content: 'a' },
    { role: 'assistant', tool_calls },
  ]);
export const toolFiles: Malformed[] = [
  [
    'no-json-arguments.jsonl',
    answered([{ function: { name: 'f', arguments: '{a' } }]),
    /arguments of the tool call are not JSON/,
  ],
  [
    'two-calls.jsonl',
    answered([{ function: { name: 'f' } }, { function: { name: 'g' } }]),
    /made 2 calls/,
  ],
  ['no-name.jsonl', answered([{ function: {} }]), /no function name/],
  [
    'no-call-json.csv',
    'text,call\na,{name\n',
    /the output is not JSON/,
    { mapping: { text: 'text', output: 'call' } },
  ],
];

export const tools = parseTask({ name: 't', kind: 'tools', tools: [{ name: 'f' }, { name: 'g' }] });
/** Of a classify task. */
export const malformedTextFiles = [...lateFiles, ...csvFiles, ...jsonFiles, ...chatFiles];
