import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPersonalData } from '../../src/main/gate/personal-data/index.ts';
import type { Row } from './row.ts';

interface Marked {
  readonly text: string;
  readonly spans: readonly {
    readonly type: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/** What redacting is to take away. Names, towns, and organisations are left to people. */
const redacted = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'CREDIT_CARD',
  'IBAN_CODE',
  'US_SSN',
  'US_DRIVER_LICENSE',
  'IP_ADDRESS',
  'STREET_ADDRESS',
  'ZIP_CODE',
  'PERSON',
];
/** Requests to assistants and a bank: next to nothing in them is personal. */
const harmless = ['banking77/test', 'clinc150/test', 'clinc150/oos_test', 'snips/test'];

const readLines = <T>(data: string, path: string) =>
  readFileSync(join(data, `${path}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const found = (text: string) => findPersonalData(text).filter(({ isSuggestion }) => !isSuggestion);

/** How much of what is marked as personal is found, and how often something else is (folder STILLROOM_DATA). */
export default {
  id: 'personal-data',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    if (data === undefined || !existsSync(data)) {
      console.error('personal-data: set STILLROOM_DATA to a folder with pii_presidio and others.');
      return [];
    }
    const marked = readLines<Marked>(data, 'pii_presidio/synth_v2');
    return [
      ...redacted.flatMap((type) => measureType(marked, type)),
      {
        name: 'synth_v2: findings that touch nothing marked',
        value: marked.flatMap(({ text, spans }) =>
          found(text).filter((one) => !spans.some((span) => overlaps(one, span))),
        ).length,
        unit: '',
        target: '0',
      },
      ...harmless.map((path) => {
        const rows = readLines<{ text: string }>(data, path);
        const hit = rows.filter(({ text }) => found(text).length > 0).length;
        return {
          name: `${path}: rows with a finding`,
          value: (100 * hit) / rows.length,
          unit: '%',
        };
      }),
    ];
  },
};

function measureType(marked: readonly Marked[], type: string): Row[] {
  let total = 0;
  let touched = 0;
  let whole = 0;
  for (const { text, spans } of marked) {
    const own = spans.filter((span) => span.type === type);
    if (own.length === 0) continue;
    const findings = found(text);
    for (const span of own) {
      total++;
      const over = findings.filter((one) => overlaps(one, span));
      if (over.length > 0) touched++;
      if (over.some(({ start, end }) => start <= span.start && end >= span.end)) whole++;
    }
  }
  const name = `synth_v2, ${total} of ${type}`;
  return [
    { name: `${name}: wholly found`, value: (100 * whole) / total, unit: '%' },
    { name: `${name}: found at all`, value: (100 * touched) / total, unit: '%' },
  ];
}

const overlaps = (
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
) => a.start < b.end && b.start < a.end;
