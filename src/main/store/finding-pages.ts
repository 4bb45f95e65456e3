import type { Database } from './database.ts';
import {
  type Finding,
  type FindingRow,
  findingColumns,
  findingTables,
  toFinding,
} from './findings.ts';

export interface CheckStatistics {
  readonly scored: number;
  /** Flagged and not resolved. */
  readonly open: number;
  readonly resolved: number;
  /** Findings in each of 20 bins of the score, from 0 to 1. */
  readonly histogram: readonly number[];
}

const BINS = 20;

/** Findings as a person looks at them: a page at a time, with their cut, and what was decided about each. */
export function createFindingPages(db: Database) {
  return {
    /** Worst first; `after` is the score and id of the last one of the page before. */
    page(query: {
      readonly checkId: string;
      readonly isOnlyOpen: boolean;
      readonly after: readonly [score: number, id: number] | null;
      readonly limit: number;
    }): Finding[] {
      const open = query.isOnlyOpen ? 'AND f.is_flagged = 1 AND f.resolution IS NULL' : '';
      const after = query.after ? 'AND (f.score, f.id) > (?, ?)' : '';
      return (
        db
          .prepare(
            `SELECT ${findingColumns} FROM ${findingTables} WHERE f.check_id = ? ${open} ${after}
             ORDER BY f.score, f.id LIMIT ?`,
          )
          .all(query.checkId, ...(query.after ?? []), query.limit) as FindingRow[]
      ).map(toFinding);
    },
    ofExample(exampleId: number): Finding[] {
      return (
        db
          .prepare(
            `SELECT ${findingColumns} FROM ${findingTables} WHERE f.example_id = ? OR f.other_id = ? ORDER BY f.score`,
          )
          .all(exampleId, exampleId) as FindingRow[]
      ).map(toFinding);
    },
    /** What each check that ever scored anything came to. */
    statistics(): Map<string, CheckStatistics> {
      const rows = db
        .prepare(
          `SELECT check_id AS checkId, min(${BINS - 1}, CAST(score * ${BINS} AS INTEGER)) AS bin, count(*) AS scored,
             sum(is_flagged = 1 AND resolution IS NULL) AS open, sum(resolution IS NOT NULL) AS resolved
           FROM finding GROUP BY 1, 2`,
        )
        .all() as {
        checkId: string;
        bin: number;
        scored: number;
        open: number;
        resolved: number;
      }[];
      const ran = db.prepare('SELECT check_id FROM check_run').pluck().all() as string[];
      const result = new Map<string, CheckStatistics>(
        ran.map((checkId) => [checkId, { scored: 0, open: 0, resolved: 0, histogram: [] }]),
      );
      for (const { checkId, bin, scored, open, resolved } of rows) {
        const known = result.get(checkId);
        const histogram = known?.histogram.length
          ? [...known.histogram]
          : new Array<number>(BINS).fill(0);
        histogram[bin] = scored;
        result.set(checkId, {
          scored: (known?.scored ?? 0) + scored,
          open: (known?.open ?? 0) + open,
          resolved: (known?.resolved ?? 0) + resolved,
          histogram,
        });
      }
      return result;
    },
    /** How many open findings a cut would flag. */
    countBelow(checkId: string, threshold: number): number {
      return db
        .prepare(
          'SELECT count(*) FROM finding WHERE check_id = ? AND score < ? AND resolution IS NULL',
        )
        .pluck()
        .get(checkId, threshold) as number;
    },
    /** Moves a check's cut without scoring anew: flagged is a score below the threshold. */
    setThreshold(checkId: string, threshold: number): void {
      db.prepare('UPDATE finding SET is_flagged = (score < ?) WHERE check_id = ?').run(
        threshold,
        checkId,
      );
    },
    /** Records or, with null, takes back what a person decided about one finding. */
    resolve(id: number, resolution: string | null): void {
      db.prepare('UPDATE finding SET resolution = ? WHERE id = ?').run(resolution, id);
    },
  };
}
