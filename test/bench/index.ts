/** Runs the benchmarks named on the command line, or all; prints a table and, last, one line of JSON. */
import type { Row } from './row.ts';

interface Bench {
  readonly id: string;
  run(): Promise<readonly Row[]>;
}

/** To add one: a file beside this one and a line here. */
const benches: Readonly<Record<string, () => Promise<{ default: Bench }>>> = {
  curate: () => import('./curate.ts'),
  import: () => import('./import.ts'),
  linear: () => import('./linear.ts'),
  'personal-data': () => import('./personal-data.ts'),
  'private-rows': () => import('./private-rows.ts'),
  replies: () => import('./replies.ts'),
  route: () => import('./route.ts'),
  'soft-labels': () => import('./soft-labels.ts'),
  structured: () => import('./structured.ts'),
  students: () => import('./students.ts'),
  'tool-schemas': () => import('./tool-schemas.ts'),
  'training-step': () => import('./training-step.ts'),
  window: () => import('./window.ts'),
  values: () => import('./values.ts'),
  writer: () => import('./writer.ts'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !benches[id]);
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(2);
}

const results: Record<string, readonly Row[]> = {};
for (const [id, load] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const { default: bench } = await load();
  const rows = await bench.run();
  results[id] = rows;
  for (const row of rows) {
    const value = Number.isInteger(row.value) ? String(row.value) : row.value.toPrecision(4);
    console.log(
      `${id.padEnd(10)} ${row.name.padEnd(58)} ${value.padStart(10)} ${row.unit.padEnd(10)} ${row.target ?? ''}`,
    );
  }
}
console.log(JSON.stringify(results));
