import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateStudent } from '../../src/main/app/evaluate-student.ts';
import { createProject, openProject, type Project } from '../../src/main/app/project.ts';
import { trainProject } from '../../src/main/app/train-project.ts';
import { contentHash } from '../../src/main/lib/content-hash.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import type { Split } from '../../src/shared/domain/example.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { createHouseRows, type HouseRow } from '../helpers/house-replies.ts';
import type { Row } from './row.ts';

const sizes = [100, 300, 600] as const;
const seeds = [1, 2, 3] as const;
const HOLDOUT = 500;
const shown = ['replyRight', 'replyGiven', 'factsInvented', 'factsKept', 'chrf'] as const;

/**
 * A student of replies from a simulated teacher of a house tone over real texts: one in five replies is reworded, one in
 * twenty has a value that its text does not give; those it is measured on have none such.
 */
async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const sums = new Map<string, number>();
    const add = (name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
    for (const seed of seeds) {
      const taught = createHouseRows(size + HOLDOUT, { reworded: 0.2, invented: 0.05 }, seed);
      const clean = createHouseRows(size + HOLDOUT, { reworded: 0.2, invented: 0 }, seed);
      const { metrics, cpuSeconds } = await measure(taught.slice(0, size), clean.slice(size), seed);
      for (const id of shown) add(id, metrics[id]?.value ?? 0);
      add('CPU', cpuSeconds);
    }
    for (const [name, sum] of sums)
      rows.push({
        name: `${size} rows, crf: ${name}`,
        value: (name === 'CPU' ? 1 : 100) * (sum / seeds.length),
        unit: name === 'CPU' ? 's' : '%',
      });
  }
  return rows;
}

async function measure(train: readonly HouseRow[], holdout: readonly HouseRow[], seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-replies-'));
  const path = join(folder, 'a.stillroom');
  createProject(path, parseTask({ name: 'replies', kind: 'rewrite' }));
  const project = openProject(path, { mode: 'write' });
  try {
    addRows(project, train, 'train');
    addRows(project, holdout, 'holdout');
    const options = { student: 'crf', seed, threads: 1 };
    const { cpuSeconds } = await trainProject(project, options, unwatched);
    const { metrics } = await evaluateStudent(project, { split: 'holdout' }, unwatched);
    return { metrics, cpuSeconds };
  } finally {
    project.close();
    rmSync(folder, { recursive: true });
  }
}

function addRows({ store }: Project, rows: readonly HouseRow[], split: Split): void {
  const author = split === 'train' ? 'teacher' : 'human';
  store.transaction(() => {
    for (const { id, text, output } of rows) {
      const exampleId = store.examples.insert({
        externalId: id,
        text,
        origin: 'real',
        consent: 'private',
        split,
        status: split === 'train' ? 'labelled' : 'approved',
        contentHash: contentHash(text, null),
      });
      store.labels.add({ exampleId, author, output, isValid: true });
    }
  });
}

export default { id: 'replies', run };
