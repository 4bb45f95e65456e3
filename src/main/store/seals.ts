import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface Seal {
  readonly id: number;
  readonly certificate: Json;
  readonly dataFingerprint: string;
  readonly createdAtMs: number;
}

/** The holdout's seal, which triggers of the schema enforce. */
export function createSeals(db: Database) {
  return {
    add(certificate: Json, dataFingerprint: string): number {
      const result = db
        .prepare(
          'INSERT INTO seal (certificate_json, data_fingerprint, created_at_ms) VALUES (?, ?, ?)',
        )
        .run(JSON.stringify(certificate), dataFingerprint, Date.now());
      return Number(result.lastInsertRowid);
    },
    /** The seal in force. */
    current(): Seal | undefined {
      const row = db
        .prepare(
          `SELECT id, certificate_json AS certificateJson, data_fingerprint AS dataFingerprint,
                  created_at_ms AS createdAtMs FROM seal WHERE broken_at_ms IS NULL ORDER BY id DESC LIMIT 1`,
        )
        .get() as (Omit<Seal, 'certificate'> & { certificateJson: string }) | undefined;
      if (!row) return undefined;
      const { certificateJson, ...rest } = row;
      return { ...rest, certificate: JSON.parse(certificateJson) as Json };
    },
  };
}
