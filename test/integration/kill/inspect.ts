import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createIntegrity } from '../../../src/main/store/integrity.ts';
import { openDatabase } from '../../../src/main/store/open.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';

/** Tables whose rows, once acknowledged, must still be there. */
const tables = [
  'source',
  'example',
  'label',
  'consent_grant',
  'grant_example',
  'reply',
  'review',
  'operation',
  'student',
  'evaluation',
  'route',
  'export',
] as const;
export type Counts = Readonly<Record<(typeof tables)[number], number>>;

/** What is wrong with a project after its process was killed; empty when nothing is half done. */
export async function findDamage(
  path: string,
): Promise<{ faults: string[]; counts: Counts | undefined }> {
  if (!existsSync(path)) return { faults: [], counts: undefined };
  const db = openDatabase(path, { mode: 'write' });
  const number = (sql: string) => db.prepare(sql).pluck().get() as number;
  try {
    const faults: string[] = [];
    const { damage, danglingRows, staleLabels } = createIntegrity(db).check();
    faults.push(...damage);
    if (danglingRows > 0) faults.push(`${danglingRows} dangling rows`);
    if (staleLabels > 0) faults.push(`${staleLabels} stale current labels`);
    const rules: readonly [string, string][] = [
      [
        'sources whose rows are not all there',
        'SELECT count(*) FROM source s WHERE imported <> (SELECT count(*) FROM example e WHERE e.source_id = s.id)',
      ],
      [
        'permitted rows without a grant',
        "SELECT count(*) FROM example e WHERE consent <> 'private' AND NOT EXISTS (SELECT 1 FROM grant_example g WHERE g.example_id = e.id)",
      ],
      [
        'accepted replies without a label',
        "SELECT count(*) FROM reply r WHERE outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM label l WHERE l.reply_id = r.id)",
      ],
      [
        'reviews without a label by a person',
        "SELECT count(*) FROM review r WHERE verdict = 'approve' AND NOT EXISTS (SELECT 1 FROM label l WHERE l.example_id = r.example_id AND l.author = 'human')",
      ],
      [
        'rows half split',
        "SELECT count(*) FROM (SELECT 1 FROM example WHERE split = 'train' LIMIT 1) WHERE EXISTS (SELECT 1 FROM example WHERE group_id IS NULL)",
      ],
    ];
    for (const [fault, sql] of rules) {
      const found = number(sql);
      if (found > 0) faults.push(`${found} ${fault}`);
    }
    for (const folder of db.prepare('SELECT folder FROM student').pluck().all() as string[])
      await (await loadStudent(join(`${path}.files`, folder))).predictor.close();
    const counts = Object.fromEntries(
      tables.map((table) => [table, number(`SELECT count(*) FROM ${table}`)]),
    );
    return { faults, counts: counts as Counts };
  } finally {
    db.close();
  }
}

/** Folders that are neither there nor whole: what was being written when the process died. */
export function findHalfFolders(folder: string): string[] {
  const dataset = join(folder, 'dataset');
  return existsSync(dataset) && !readdirSync(dataset).includes('manifest.json') ? [dataset] : [];
}
