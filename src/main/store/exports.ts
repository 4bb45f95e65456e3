import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface NewExport {
  readonly format: string;
  readonly folder: string;
  readonly manifest: Json;
  readonly dataFingerprint: string;
}

export interface ExportLine {
  readonly id: number;
  readonly format: string;
  readonly folder: string;
  readonly createdAtMs: number;
}

/** What was written out of the project, where, and from which data. */
export function createExports(db: Database) {
  return {
    add(row: NewExport): number {
      const result = db
        .prepare(
          'INSERT INTO export (format, folder, manifest_json, data_fingerprint, created_at_ms) VALUES (?, ?, ?, ?, ?)',
        )
        .run(row.format, row.folder, JSON.stringify(row.manifest), row.dataFingerprint, Date.now());
      return Number(result.lastInsertRowid);
    },
    /** Newest first. */
    list(): ExportLine[] {
      return db
        .prepare(
          'SELECT id, format, folder, created_at_ms AS createdAtMs FROM export ORDER BY id DESC',
        )
        .all() as ExportLine[];
    },
  };
}
