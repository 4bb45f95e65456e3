import type { Json } from '../../shared/domain/json.ts';
import type { Database } from './database.ts';

export interface SourceRow {
  readonly id: number;
  readonly fileName: string;
  readonly sha256: string;
  readonly importer: string;
  readonly imported: number;
  readonly refused: number;
  readonly duplicates: number;
  readonly licence: string | null;
  readonly importedAtMs: number;
}

export interface NewSource {
  readonly fileName: string;
  readonly sha256: string;
  readonly importer: string;
  readonly mapping: Json;
  readonly licence?: string | undefined;
}

/** The files that examples came from. */
export function createSources(db: Database) {
  return {
    /** Begins a source inside the importer's transaction; its counts follow with `finish`. */
    begin(source: NewSource): number {
      const result = db
        .prepare(
          `INSERT INTO source (file_name, sha256, importer, mapping_json, licence, imported, refused, duplicates, imported_at_ms)
           VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?)`,
        )
        .run(
          source.fileName,
          source.sha256,
          source.importer,
          JSON.stringify(source.mapping),
          source.licence ?? null,
          Date.now(),
        );
      return Number(result.lastInsertRowid);
    },
    finish(
      id: number,
      counts: {
        readonly imported: number;
        readonly refused: number;
        readonly duplicates: number;
        readonly hasNumericIds: boolean;
      },
    ): void {
      db.prepare(
        'UPDATE source SET imported = ?, refused = ?, duplicates = ?, has_numeric_ids = ? WHERE id = ?',
      ).run(counts.imported, counts.refused, counts.duplicates, counts.hasNumericIds ? 1 : 0, id);
    },
    list(): SourceRow[] {
      return db
        .prepare(
          `SELECT id, file_name AS fileName, sha256, importer, imported, refused, duplicates, licence,
                  imported_at_ms AS importedAtMs FROM source ORDER BY id`,
        )
        .all() as SourceRow[];
    },
  };
}
