import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';
import { importedId } from './imported-id.ts';

export interface NewFinding {
  readonly exampleId: number;
  readonly otherId: number | null;
  /** In [0, 1], 0 worst. */
  readonly score: number;
  readonly isFlagged: boolean;
  readonly evidence: Json;
}

export interface Finding extends NewFinding {
  readonly id: number;
  readonly checkId: string;
  readonly externalId: string;
  readonly otherExternalId: string | null;
  /** The ids as they were in the file, a number where it had numbers. */
  readonly importedId: string | number;
  readonly otherImportedId: string | number | null;
  /** What a person decided about it; null while open. */
  readonly resolution: string | null;
}

export interface Doubt {
  readonly exampleId: number;
  readonly suggested: string;
  /** Of the suggestion, out of fold, in [0, 1]. */
  readonly probability: number;
  readonly score: number;
}

export interface FindingQuery {
  readonly checkId?: string | undefined;
  readonly isFlagged?: boolean | undefined;
}

export const findingColumns = `f.id, f.check_id AS checkId, f.example_id AS exampleId, f.other_id AS otherId, f.score,
  f.is_flagged AS isFlagged, f.evidence_json AS evidenceJson, f.resolution,
  e.external_id AS externalId, o.external_id AS otherExternalId,
  ${importedId('e')} AS importedId, ${importedId('o')} AS otherImportedId`;
export const findingTables =
  'finding f JOIN example e ON e.id = f.example_id LEFT JOIN example o ON o.id = f.other_id';

/** What the checks found: a score for each example or pair, whether it is flagged, why, and what a person made of it. */
export function createFindings(db: Database) {
  const insert = db.prepare(
    `INSERT INTO finding (check_id, example_id, other_id, score, is_flagged, evidence_json, resolution, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  const resolve = db.prepare(
    `UPDATE finding SET resolution = ? WHERE check_id = ? AND (example_id = ? OR other_id = ?) AND resolution IS ?`,
  );

  function where({ checkId, isFlagged }: FindingQuery): { clause: string; values: unknown[] } {
    const parts = ['1'];
    const values: unknown[] = [];
    if (checkId !== undefined) {
      parts.push('f.check_id = ?');
      values.push(checkId);
    }
    if (isFlagged !== undefined) {
      parts.push('f.is_flagged = ?');
      values.push(isFlagged ? 1 : 0);
    }
    return { clause: parts.join(' AND '), values };
  }

  return {
    /** Puts new findings in place of a check's old ones; what people decided about the same rows stays. Call inside a transaction. */
    replace(checkId: string, findings: readonly NewFinding[]): void {
      const resolutions = new Map(
        (
          db
            .prepare(
              'SELECT example_id, other_id, resolution FROM finding WHERE check_id = ? AND resolution IS NOT NULL',
            )
            .raw()
            .all(checkId) as [number, number | null, string][]
        ).map(([example, other, resolution]) => [`${example} ${other}`, resolution]),
      );
      db.prepare('DELETE FROM finding WHERE check_id = ?').run(checkId);
      const now = Date.now();
      for (const finding of findings)
        insert.run(
          checkId,
          finding.exampleId,
          finding.otherId,
          finding.score,
          finding.isFlagged ? 1 : 0,
          JSON.stringify(finding.evidence),
          resolutions.get(`${finding.exampleId} ${finding.otherId}`) ?? null,
          now,
        );
      db.prepare('INSERT OR REPLACE INTO check_run (check_id, ran_at_ms) VALUES (?, ?)').run(
        checkId,
        now,
      );
    },
    /**
     * Takes back what a check said, as if it had not run; what people decided about it stays, without its evidence.
     * Gives how many open findings went. Call inside a transaction.
     */
    forget(checkId: string): number {
      const open = 'check_id = ? AND resolution IS NULL';
      const flagged = db
        .prepare(`SELECT count(*) FROM finding WHERE ${open} AND is_flagged = 1`)
        .pluck()
        .get(checkId) as number;
      db.prepare(`DELETE FROM finding WHERE ${open}`).run(checkId);
      db.prepare("UPDATE finding SET evidence_json = '{}' WHERE check_id = ?").run(checkId);
      db.prepare('DELETE FROM check_run WHERE check_id = ?').run(checkId);
      return flagged;
    },
    /** Flagged findings that nobody has resolved, by check. */
    openCounts(): Readonly<Record<string, number>> {
      return Object.fromEntries(
        db
          .prepare(
            'SELECT check_id, sum(is_flagged = 1 AND resolution IS NULL) FROM finding GROUP BY check_id',
          )
          .raw()
          .all() as [string, number][],
      );
    },
    /** Findings in order of score, worst first, read one at a time. */
    *each(query: FindingQuery): Generator<Finding> {
      const { clause, values } = where(query);
      const rows = db
        .prepare(
          `SELECT ${findingColumns} FROM ${findingTables} WHERE ${clause} ORDER BY f.check_id, f.score, f.id`,
        )
        .iterate(...values) as IterableIterator<FindingRow>;
      for (const row of rows) yield toFinding(row);
    },
    /** Pairs that the given checks flagged and nobody dismissed. */
    flaggedPairs(checkIds: readonly string[]): [number, number][] {
      return db
        .prepare(
          `SELECT example_id, other_id FROM finding WHERE is_flagged = 1 AND other_id IS NOT NULL
           AND coalesce(resolution, '') <> 'dismissed' AND check_id IN (${checkIds.map(() => '?').join(', ')})`,
        )
        .raw()
        .all(...checkIds) as [number, number][];
    },
    /** Open doubts about labels that no person gave, with the label that would be likelier. */
    doubts(): Doubt[] {
      return db
        .prepare(
          `SELECT f.example_id AS exampleId, json_extract(f.evidence_json, '$.suggested') AS suggested,
                  coalesce(json_extract(f.evidence_json, '$.probability'), 0) AS probability, f.score
           FROM finding f JOIN current_label c ON c.example_id = f.example_id
           WHERE f.check_id = 'label-error' AND f.is_flagged = 1 AND f.resolution IS NULL AND c.author <> 'human'
             AND json_extract(f.evidence_json, '$.suggested') IS NOT NULL ORDER BY f.score`,
        )
        .all() as Doubt[];
    },
    /**
     * Moves the findings of a check on an example from one resolution to another, null being open; those that a person
     * decided otherwise keep their own.
     */
    resolve(checkId: string, exampleId: number, to: string | null, from: string | null = null) {
      resolve.run(to, checkId, exampleId, exampleId, from);
    },
  };
}

export interface FindingRow extends Omit<Finding, 'isFlagged' | 'evidence'> {
  readonly isFlagged: number;
  readonly evidenceJson: string;
}

export function toFinding({ evidenceJson, isFlagged, ...row }: FindingRow): Finding {
  return { ...row, isFlagged: isFlagged === 1, evidence: JSON.parse(evidenceJson) as Json };
}
