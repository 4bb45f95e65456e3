// Builds sample/ from the public data sets. Usage: node scripts/build-sample.ts --data <folder> [--out <folder>]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { createRng } from '../src/main/lib/rng.ts';
import { composeSample } from './sample/compose.ts';
import { task } from './sample/intents.ts';
import { readPool } from './sample/pool.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
if (values.data === undefined)
  throw new Error(
    'Give the folder that holds banking77, clinc150 and teacher_banking77: --data <folder>',
  );
const out = values.out ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'sample');

const rng = createRng(77);
const sample = composeSample(readPool(values.data, rng), rng);

mkdirSync(out, { recursive: true });
const toJsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const files: Record<string, string> = {
  'task.json': `${JSON.stringify(task, null, 2)}\n`,
  'tickets.csv': stringify(sample.tickets as object[], { header: true }),
  'tickets-private.jsonl': toJsonl(sample.privateTickets),
  'reviewed.jsonl': toJsonl(sample.reviewed),
  'teacher-replies.jsonl': toJsonl(sample.replies),
  'planted.jsonl': toJsonl(sample.planted),
  'truth.jsonl': toJsonl(sample.truth),
};
for (const [name, content] of Object.entries(files)) {
  writeFileSync(join(out, name), content);
  process.stdout.write(`${name}: ${Buffer.byteLength(content).toLocaleString('en')} bytes\n`);
}
process.stdout.write(`${JSON.stringify(sample.counts, null, 2)}\n`);
