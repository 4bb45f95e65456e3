import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { parseTask } from '../../../src/shared/domain/task.ts';

const folder = join(import.meta.dirname, '../../../sample');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const readJsonl = <Row>(name: string) =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    // Written by scripts/build-sample.ts.
    .map((line) => JSON.parse(line) as Row);

interface Ticket {
  readonly id: string;
  readonly text: string;
  readonly customer_consent: 'yes' | 'without-personal-data' | 'no';
}
interface Planted {
  readonly kind: 'duplicate' | 'leak' | 'personal-data' | 'canary';
  readonly id: string;
  readonly other?: string;
  readonly edit?: string;
  readonly text?: string;
  readonly spans?: readonly { readonly text: string }[];
}

const tickets = parse(read('tickets.csv'), { columns: true }) as Ticket[];
const privateTickets = readJsonl<Ticket & { internal_note: string | null }>(
  'tickets-private.jsonl',
);
const reviewed = readJsonl<Ticket & { label: string; split: string }>('reviewed.jsonl');
const replies = readJsonl<{ id: string; text: string; raw: string }>('teacher-replies.jsonl');
const planted = readJsonl<Planted>('planted.jsonl');
const truth = readJsonl<{ id: string; label: string; teacher?: string; malformed?: string }>(
  'truth.jsonl',
);
const task = parseTask(JSON.parse(read('task.json')));
const all = new Map([...tickets, ...privateTickets, ...reviewed].map((row) => [row.id, row]));

test('the README gives the counts of the files', () => {
  const text = read('README.md');
  const counts = {
    tickets,
    'tickets-private': privateTickets,
    reviewed,
    'teacher-replies': replies,
    planted,
    truth,
  };
  for (const [name, rows] of Object.entries(counts))
    expect(text).toMatch(
      new RegExp(`\`${name}\\.\\w+\` \\| ${rows.length.toLocaleString('en')} \\|`),
    );
  const consents = Map.groupBy(tickets, (row) => row.customer_consent);
  expect(text).toContain(`| \`yes\` | ${consents.get('yes')!.length.toLocaleString('en')} |`);
  for (const split of ['holdout', 'calibration'])
    expect(text).toContain(`${reviewed.filter((row) => row.split === split).length} \`${split}\``);
  const wrong = truth.filter((row) => row.teacher !== undefined).length;
  const malformed = truth.filter((row) => row.malformed !== undefined).length;
  expect(text).toContain(`${wrong} replies`);
  expect(text).toContain(`and ${malformed} (`);
});

test('every id is there once, and every label is one of the task', () => {
  expect(all.size).toBe(tickets.length + privateTickets.length + reviewed.length);
  expect(new Set(truth.map((row) => row.id))).toEqual(new Set(all.keys()));
  for (const { label } of [...truth, ...reviewed]) expect(task.labels).toContain(label);
});

test('no private row has a recorded reply, and every other one has', () => {
  const replied = new Set(replies.map((reply) => reply.id));
  for (const row of all.values())
    expect(replied.has(row.id), row.id).toBe(row.customer_consent !== 'no');
  for (const { id, text } of replies) expect(all.get(id)!.text).toContain(text);
});

test('what is said to be planted is there', () => {
  const holdout = new Set(reviewed.filter((row) => row.split === 'holdout').map((row) => row.id));
  for (const { kind, id, other, edit, text, spans } of planted) {
    const row = all.get(id)!;
    if (kind === 'duplicate' || kind === 'leak') {
      expect(row.text === all.get(other!)!.text).toBe(edit === 'exact');
      expect(holdout.has(other!)).toBe(kind === 'leak');
      expect(row.customer_consent).toBe('yes');
    }
    for (const span of spans ?? []) expect(row.text).toContain(span.text);
    if (kind === 'canary') {
      expect(row.text).toContain(text);
      expect(row.customer_consent).toBe('no');
      expect(JSON.stringify(replies)).not.toContain(text);
    }
  }
});

test('sources and licences are named', () => {
  for (const word of ['Banking77', 'CC-BY-4.0', 'CLINC150', 'CC-BY-3.0', 'simulated'])
    expect(read('README.md')).toContain(word);
});
