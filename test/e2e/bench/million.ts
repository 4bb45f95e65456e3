import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFile } from '../../../src/main/collect/import-file.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { openStore } from '../../../src/main/store/store.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

export const ROWS = 1_000_000;
const ROWS_A_WRITE = 10_000;
const INDEXED_A_STEP = 50_000;

const subjects = 'card loan transfer refund account mortgage passcode statement fee limit'.split(
  ' ',
);
const acts = 'lost blocked late missing charged refused changed closed doubled delayed'.split(' ');

/** Words from two short lists and a number, so that some are common, some are rare and one row each is unique. */
function textOf(n: number): string {
  const subject = subjects[n % subjects.length];
  const act = acts[Math.floor(n / 7) % acts.length];
  return `Why was my ${subject} ${act} on day ${n % 365}, reference ${n * 7919}?`;
}

/** Writes rows of JSON lines for an import. */
export function writeRows(path: string, from: number, count: number): void {
  writeFileSync(path, '');
  for (let start = from; start < from + count; start += ROWS_A_WRITE) {
    const size = Math.min(ROWS_A_WRITE, from + count - start);
    const lines = Array.from({ length: size }, (_, i) =>
      JSON.stringify({ id: `r${start + i}`, text: textOf(start + i), label: 'abcd'[start % 4] }),
    );
    appendFileSync(path, `${lines.join('\n')}\n`);
  }
}

/** A project of a million labelled rows, with its search index filled. */
export async function createMillion(folder: string): Promise<{ path: string; seconds: number }> {
  const startMs = performance.now();
  const file = join(folder, 'rows.jsonl');
  const path = join(folder, 'million.stillroom');
  writeRows(file, 0, ROWS);
  const task = parseTask({ name: 'million', kind: 'classify', labels: ['a', 'b', 'c', 'd'] });
  const store = openStore(path, { mode: 'create' });
  store.project.create(task);
  const mapping = { text: 'text', id: 'id', output: 'label' };
  await importFile(store, task, { path: file, mapping }, unwatched);
  while (store.search.fill(INDEXED_A_STEP));
  store.close();
  return { path, seconds: (performance.now() - startMs) / 1000 };
}
