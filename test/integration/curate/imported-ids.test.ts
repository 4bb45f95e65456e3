import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFile } from '../../../src/main/collect/import-file.ts';
import { curate } from '../../../src/main/curate/curate.ts';
import { listFindings } from '../../../src/main/curate/list-findings.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { openStore, type Store } from '../../../src/main/store/store.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const task = parseTask({ name: 'ids', kind: 'classify', labels: ['a', 'b'] });

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-ids-'));
  store = openStore(join(folder, 'p.stillroom'), { mode: 'create' });
  store.project.create(task);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['rows.jsonl', '{"id":7,"text":"the same"}\n{"id":8,"text":"the same"}\n', [7, 8]],
  ['rows.jsonl', '{"id":"7","text":"the same"}\n{"id":"8","text":"the same"}\n', ['7', '8']],
  ['rows.csv', 'id,text\n7,the same\n8,the same\n', ['7', '8']],
  ['mixed.jsonl', '{"id":7,"text":"the same"}\n{"id":"8","text":"the same"}\n', ['7', '8']],
])('findings in %s name rows by the ids that came in', async (name, content, ids) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  await importFile(store, task, { path, mapping: { text: 'text', id: 'id' } }, unwatched);
  const tools = {
    outOfFold: async () => new Float32Array(),
    readOutOfFold: async () => [],
    oddStrategies: new Set<string>(),
    findPersonalData: () => [],
  };
  await curate(store, task, { checks: ['exact-duplicate'], seed: 1 }, tools, unwatched);
  const findings = [...listFindings(store, 'exact-duplicate', true)];
  expect(findings.map(({ id, other }) => [other, id].sort())).toEqual([ids]);
});
