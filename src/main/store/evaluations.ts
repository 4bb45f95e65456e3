import type { Database } from './database.ts';

export interface EvaluationRow {
  readonly id: number;
  readonly studentId: string;
  readonly split: string;
  readonly dataFingerprint: string;
  /** The report as it was written, for its own feature to read. */
  readonly reportJson: string;
  readonly createdAtMs: number;
}

const columns = `id, student_id AS studentId, split, data_fingerprint AS dataFingerprint, report_json AS reportJson,
  created_at_ms AS createdAtMs`;

/** How good each student was found to be, and on which data. */
export function createEvaluations(db: Database) {
  return {
    add(row: Omit<EvaluationRow, 'id' | 'createdAtMs'>): number {
      const result = db
        .prepare(
          'INSERT INTO evaluation (student_id, split, data_fingerprint, report_json, created_at_ms) VALUES (?, ?, ?, ?, ?)',
        )
        .run(row.studentId, row.split, row.dataFingerprint, row.reportJson, Date.now());
      return Number(result.lastInsertRowid);
    },
    /** The newest evaluation of a student, on one split or any. */
    latest(studentId: string, split?: string): EvaluationRow | undefined {
      return db
        .prepare(
          `SELECT ${columns} FROM evaluation WHERE student_id = ? AND (? IS NULL OR split = ?) ORDER BY id DESC LIMIT 1`,
        )
        .get(studentId, split ?? null, split ?? null) as EvaluationRow | undefined;
    },
  };
}
