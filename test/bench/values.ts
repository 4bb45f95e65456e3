import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alignRows } from '../../src/main/values/align/align-rows.ts';
import { type Alignment, type AlignRow, sureKinds } from '../../src/main/values/alignment.ts';
import { normaliseBy } from '../../src/main/values/normaliser/normaliser.ts';
import { createReader } from '../../src/main/values/normaliser/reader.ts';
import type { ValueFormat } from '../../src/main/values/normaliser/spec.ts';
import { tables } from '../../src/main/values/tables/tables.ts';
import type { Form } from '../../src/shared/domain/form/form.ts';
import { makeForm } from '../helpers/make-form.ts';
import type { Row } from './row.ts';

interface GoldSlot {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const readLines = <T>(path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** How well values are found in texts again, and read from their surfaces (data in the folder STILLROOM_DATA). */
export default {
  id: 'values',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    if (data === undefined || !existsSync(data)) {
      console.error('values: set STILLROOM_DATA to a folder with the data sets.');
      return [];
    }
    return [...recoverSpans(data), ...catchInvented(data), ...readSurfaces(data)];
  },
};

function toForm(names: readonly string[]): Form {
  return makeForm([...new Set(names)].map((name) => ({ name })));
}

function toRow(form: Form, text: string, slots: readonly Pick<GoldSlot, 'name' | 'value'>[]) {
  const indexOf = new Map(form.slots.map(({ name }, i) => [name, i]));
  const values = slots.map(({ name, value }) => ({ slot: indexOf.get(name)!, value }));
  return { text, frame: 0, values } satisfies AlignRow;
}

/** SNIPS' gold spans as values: as they are written, and in lower case. */
function recoverSpans(data: string): Row[] {
  const gold = readLines<{ text: string; slots: GoldSlot[] }>(join(data, 'snips/train.jsonl'));
  const form = toForm(gold.flatMap(({ slots }) => slots.map(({ name }) => name)));
  const measure = (name: string, change: (value: string) => string): Row[] => {
    const rows = gold.map(({ text, slots }) =>
      toRow(
        form,
        text,
        slots.map((slot) => ({ ...slot, value: change(slot.value) })),
      ),
    );
    const start = process.cpuUsage();
    const { rows: aligned }: Alignment = alignRows(rows, form);
    const { user, system } = process.cpuUsage(start);
    let sureCount = 0;
    let rightCount = 0;
    let openCount = 0;
    for (const [i, values] of aligned.entries())
      for (const [j, { kind, span }] of values.entries()) {
        const place = gold[i]!.slots[j]!;
        if (kind === 'ambiguous') openCount++;
        if (!sureKinds.has(kind)) continue;
        sureCount++;
        if (span!.start === place.start && span!.end === place.end) rightCount++;
      }
    const total = aligned.flat().length;
    return [
      {
        name: `snips, ${name}: sure spans that are right`,
        value: (100 * rightCount) / sureCount,
        unit: '%',
        target: '> 99',
      },
      {
        name: `snips, ${name}: values with a sure span`,
        value: (100 * sureCount) / total,
        unit: '%',
      },
      { name: `snips, ${name}: ambiguous values`, value: (100 * openCount) / total, unit: '%' },
      {
        name: `snips, ${name}: ${rows.length} rows`,
        value: (user + system) / 1e6,
        unit: 'CPU s',
        target: '<= 2',
      },
    ];
  };
  return [
    ...measure('as written', (value) => value),
    ...measure('lower case', (value) => value.toLowerCase()),
  ];
}

interface Reply {
  readonly id: string;
  readonly text: string;
  readonly raw: string;
}

/** Values that the simulated teacher made up are in no text. */
function catchInvented(data: string): Row[] {
  const folder = join(data, 'teacher_snips_slots');
  const truth = new Map(
    readLines<{ id: string; gold: { slots: [string, string][] }; noise: string | null }>(
      join(folder, 'truth.jsonl'),
    ).map((one) => [one.id, one]),
  );
  const replies = readLines<Reply>(join(folder, 'teacher.jsonl')).flatMap((reply) => {
    try {
      const { slots } = JSON.parse(reply.raw) as { slots?: GoldSlot[] };
      return slots ? [{ ...reply, slots }] : [];
    } catch {
      return []; // malformed replies are another matter
    }
  });
  const form = toForm(replies.flatMap(({ slots }) => slots.map(({ name }) => name)));
  const { rows } = alignRows(
    replies.map(({ text, slots }) => toRow(form, text, slots)),
    form,
  );
  let inventedCount = 0;
  let caughtCount = 0;
  let trueCount = 0;
  let suspectedCount = 0;
  for (const [i, values] of rows.entries())
    for (const [j, { kind }] of values.entries()) {
      const { id, text, slots } = replies[i]!;
      const { name, value } = slots[j]!;
      const known = truth.get(id);
      const isTrue = !known || known.gold.slots.some(([a, b]) => a === name && b === value);
      const isCaught = kind === 'absent' || kind === 'fuzzy';
      if (isTrue) {
        trueCount++;
        if (isCaught) suspectedCount++;
      } else if (!text.toLowerCase().includes(value.toLowerCase())) {
        inventedCount++;
        if (isCaught) caughtCount++;
      }
    }
  return [
    {
      name: 'teacher_snips_slots: values that are not in the text',
      value: inventedCount,
      unit: '',
    },
    {
      name: 'teacher_snips_slots: of these, caught',
      value: (100 * caughtCount) / inventedCount,
      unit: '%',
      target: '100',
    },
    {
      name: 'teacher_snips_slots: right values suspected',
      value: (100 * suspectedCount) / trueCount,
      unit: '%',
    },
  ];
}

const conventions = {
  order: 'month-first',
  missing: 'coming',
  next: 'coming',
  isToday: true,
  weekStart: 1,
  afternoonBelow: 0,
} as const;
const formats: readonly (readonly [RegExp, ValueFormat])[] = [
  [/date/, { kind: 'date', template: '{YYYY}-{MM}-{DD}', conventions }],
  [/time/, { kind: 'time', template: '{HH}:{mm}', conventions }],
  [/amount/, { kind: 'number' }],
];

/** Surfaces of dates, times and amounts in real requests: which share can be read at all. */
function readSurfaces(data: string): Row[] {
  const calls = readLines<{ span_args: Record<string, string> }>(
    join(data, 'sgd_tools_dev/calls.jsonl'),
  );
  const reader = createReader(tables);
  const reference = { year: 2019, month: 3, day: 1 };
  return formats.map(([pattern, format]) => {
    const surfaces = calls.flatMap(({ span_args }) =>
      Object.entries(span_args).flatMap(([name, surface]) => (pattern.test(name) ? [surface] : [])),
    );
    const read = surfaces.filter(
      (surface) => 'value' in normaliseBy({ format, aliases: {} }, surface, reader, reference),
    );
    return {
      name: `sgd_tools_dev: ${surfaces.length} surfaces (${format.kind}) that can be read`,
      value: (100 * read.length) / surfaces.length,
      unit: '%',
      target: format.kind === 'date' ? '100' : '>= 95',
    };
  });
}
