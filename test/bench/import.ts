import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../src/main/collect/import-file.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { openStore } from '../../src/main/store/store.ts';
import { parseTask } from '../../src/shared/domain/task.ts';

/** Rows and whether they have labels; each is measured in a process of its own, for its peak of memory. */
const cases = [
  { rows: 100_000, isLabelled: false },
  { rows: 1_000_000, isLabelled: false },
  { rows: 1_000_000, isLabelled: true },
] as const;

interface Measured {
  readonly rowsPerCpuSecond: number;
  readonly rowsPerSecond: number;
  readonly peakMb: number;
}

/** Imports JSONL files of short rows: rows a second, by processor time and by the clock, and the peak of memory. */
async function run() {
  return cases.flatMap(({ rows, isLabelled }) => {
    const output = execFileSync(
      process.execPath,
      [import.meta.filename, String(rows), isLabelled ? 'labelled' : 'plain'],
      { encoding: 'utf8' },
    );
    // What the child prints below.
    const { rowsPerCpuSecond, rowsPerSecond, peakMb } = JSON.parse(output) as Measured;
    const what = `${rows} JSONL rows${isLabelled ? ' with labels' : ''}`;
    return [
      {
        name: `${what}, by processor time`,
        value: rowsPerCpuSecond,
        unit: 'rows/s',
        target: '>= 100000',
      },
      { name: `${what}, by the clock`, value: rowsPerSecond, unit: 'rows/s' },
      { name: `${what}, peak of memory`, value: peakMb, unit: 'MB', target: 'flat' },
    ];
  });
}

async function measure(rows: number, isLabelled: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-'));
  try {
    const path = join(folder, 'rows.jsonl');
    writeRows(path, rows, isLabelled);
    const task = parseTask({ name: 'bench', kind: 'classify', labels: ['a', 'b', 'c', 'd'] });
    const store = openStore(`${path}.stillroom`, { mode: 'create' });
    store.project.create(task);
    const mapping = { text: 'text', id: 'id', ...(isLabelled ? { output: 'label' } : {}) };
    const cpuBefore = process.cpuUsage();
    const startMs = performance.now();
    const { imported } = await importFile(store, task, { path, mapping }, unwatched);
    const seconds = (performance.now() - startMs) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    store.close();
    return {
      rowsPerCpuSecond: Math.round((imported * 1e6) / (user + system)),
      rowsPerSecond: Math.round(imported / seconds),
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeRows(path: string, rows: number, isLabelled: boolean): void {
  writeFileSync(path, '');
  for (let start = 0; start < rows; start += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - start) }, (_, i) => {
      const n = start + i;
      const text = `where is my order number ${n * 7919}, it should be here by day ${n % 31}`;
      return JSON.stringify({ id: `r${n}`, text, ...(isLabelled ? { label: 'abcd'[n % 4] } : {}) });
    });
    appendFileSync(path, `${lines.join('\n')}\n`);
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(
    JSON.stringify(await measure(Number(process.argv[2]), process.argv[3] === 'labelled')),
  );

export default { id: 'import', run };
