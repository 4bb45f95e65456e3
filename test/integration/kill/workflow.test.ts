import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { type Counts, findDamage, findHalfFolders } from './inspect.ts';
import { run } from './process.ts';
import { planWorkflow } from './workflow.ts';

const KILLS = 50;
const TIMEOUT_MS = 400_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lost(before: Counts | undefined, after: Counts | undefined): string[] {
  return Object.entries(before ?? {}).flatMap(([table, count]) =>
    (after?.[table as keyof Counts] ?? 0) < count ? [`${table}: ${count} before, fewer after`] : [],
  );
}

test(
  `killed at ${KILLS} random moments, the workflow loses no acknowledged row and leaves nothing half done`,
  async () => {
    const rng = createRng(20261122);
    const project = join(folder, 'a.stillroom');
    const steps = planWorkflow(folder, project);
    expect(steps.reduce((sum, step) => sum + step.kills, 0)).toBe(KILLS);
    let acknowledged: Counts | undefined;
    let killed = 0;
    // What a command takes here and now, at first a guess, so that the kills fall all over it and land before its end.
    const startUpMs = (await run(['doctor'])).elapsedMs;
    const spans: Record<string, number> = { train: 4 * startUpMs, curate: 4 * startUpMs };
    for (const { name, args, kills } of steps) {
      let spanMs = spans[name] ?? 1.5 * startUpMs;
      for (let landed = 0; landed < kills; ) {
        const ended = await run(args, { killAfterMs: spanMs * (0.2 + 0.75 * rng.next()) });
        if (ended.wasKilled) landed++;
        else spanMs = Math.min(0.9 * spanMs, ended.elapsedMs);
        const { faults, counts } = await findDamage(project);
        expect([
          name,
          ...faults,
          ...lost(acknowledged, counts),
          ...findHalfFolders(folder),
        ]).toEqual([name]);
        if (ended.code === 0) acknowledged = counts;
        if (name === 'export') rmSync(join(folder, 'dataset'), { recursive: true, force: true });
        if (ended.wasKilled) killed++;
      }
      const ended = await run(args);
      const isThereAlready = ended.code === 2 && name === 'new';
      expect([name, isThereAlready ? 0 : ended.code, ended.stderr.includes('unforeseen')]).toEqual([
        name,
        0,
        false,
      ]);
      acknowledged = (await findDamage(project)).counts;
    }
    expect(killed).toBe(KILLS);
    expect(acknowledged).toMatchObject({
      example: 1_087,
      student: expect.any(Number),
      export: expect.any(Number),
    });
  },
  TIMEOUT_MS,
);

test('control: rows written one by one and killed in the middle are found', async () => {
  const project = join(folder, 'control.stillroom');
  await run(planWorkflow(folder, project)[0]!.args);
  const store = fileURLToPath(new URL('../../../src/main/store/open.ts', import.meta.url));
  const script = join(folder, 'careless.ts');
  writeFileSync(
    script,
    `import { openDatabase } from ${JSON.stringify(store)};
     const db = openDatabase(${JSON.stringify(project)}, { mode: 'write' });
     db.exec("INSERT INTO source (id, file_name, sha256, importer, mapping_json, imported, refused, duplicates, imported_at_ms) VALUES (1, 'a', 'a', 'csv', '{}', 100000, 0, 0, 0)");
     const insert = db.prepare("INSERT INTO example (external_id, text, origin, consent, source_id, content_hash, created_at_ms) VALUES (?, 'x', 'real', 'private', 1, 'x', 0)");
     for (let i = 0; i < 100000; i++) insert.run(String(i));`,
  );
  await run([], { script, killAfterMs: 1_500 });
  expect((await findDamage(project)).faults).toEqual(['1 sources whose rows are not all there']);
});
