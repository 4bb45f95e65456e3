import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface RouteRow {
  readonly id: number;
  readonly studentId: string;
  readonly dataFingerprint: string;
  readonly policy: Json;
  readonly createdAtMs: number;
}

/** The routing policies that were chosen, newest last. */
export function createRoutes(db: Database) {
  return {
    add(row: Omit<RouteRow, 'id' | 'createdAtMs'>): number {
      const result = db
        .prepare(
          'INSERT INTO route (student_id, data_fingerprint, policy_json, created_at_ms) VALUES (?, ?, ?, ?)',
        )
        .run(row.studentId, row.dataFingerprint, JSON.stringify(row.policy), Date.now());
      return Number(result.lastInsertRowid);
    },
    latest(studentId: string): RouteRow | undefined {
      const row = db
        .prepare(
          `SELECT id, student_id AS studentId, data_fingerprint AS dataFingerprint, policy_json AS policyJson,
                  created_at_ms AS createdAtMs FROM route WHERE student_id = ? ORDER BY id DESC LIMIT 1`,
        )
        .get(studentId) as (Omit<RouteRow, 'policy'> & { policyJson: string }) | undefined;
      if (!row) return undefined;
      const { policyJson, ...rest } = row;
      return { ...rest, policy: JSON.parse(policyJson) as Json };
    },
  };
}
