import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../src/main/collect/import-file.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { openStore } from '../../src/main/store/store.ts';
import { parseTask } from '../../src/shared/domain/task.ts';

const task = parseTask({ name: 'bench', kind: 'classify', labels: ['a', 'b', 'c', 'd'] });

/** Imports JSONL files of 100,000 and 1,000,000 short rows: rows a CPU second, and how the peak of memory grows. */
async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-'));
  try {
    return [
      await measure(folder, 100_000, false),
      await measure(folder, 300_000, false),
      await measure(folder, 300_000, true),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, rows: number, isLabelled: boolean) {
  const path = join(folder, `${rows}-${isLabelled}.jsonl`);
  writeRows(path, rows, isLabelled);
  const store = openStore(`${path}.stillroom`, { mode: 'create' });
  store.project.create(task);
  let peakBytes = 0;
  const watch = {
    signal: unwatched.signal,
    report: () => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    },
  };
  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  const { imported } = await importFile(
    store,
    task,
    { path, mapping: { text: 'text', id: 'id', ...(isLabelled ? { output: 'label' } : {}) } },
    watch,
  );
  const wallSeconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  store.close();
  return {
    what: `import ${imported} JSONL rows${isLabelled ? ' with labels' : ''}`,
    fileMb: Math.round(statSync(path).size / 1e6),
    rowsPerCpuSecond: Math.round(imported / cpuSeconds),
    rowsPerSecond: Math.round(imported / wallSeconds),
    peakRssMb: Math.round(peakBytes / 1e6),
  };
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

export default { id: 'import', run };
