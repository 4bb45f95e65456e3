import type { Json } from '../../shared/domain/json.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Database } from './database.ts';

export interface StudentRow {
  readonly id: string;
  readonly kind: string;
  readonly folder: string;
  readonly dataFingerprint: string;
  /** On rows held out of its training. */
  readonly metrics: Metrics;
  readonly config: Json;
  readonly createdAtMs: number;
}

const columns = `id, kind, folder, data_fingerprint AS dataFingerprint, metrics_json AS metricsJson,
  config_json AS configJson, created_at_ms AS createdAtMs`;

/** The trained students; what each can do lies in its folder. */
export function createStudents(db: Database) {
  return {
    add(row: Omit<StudentRow, 'createdAtMs'>): void {
      db.prepare(
        `INSERT INTO student (id, kind, folder, data_fingerprint, metrics_json, config_json, created_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        row.id,
        row.kind,
        row.folder,
        row.dataFingerprint,
        JSON.stringify(row.metrics),
        JSON.stringify(row.config),
        Date.now(),
      );
    },
    get(id: string): StudentRow | undefined {
      const row = db.prepare(`SELECT ${columns} FROM student WHERE id = ?`).get(id);
      return row ? toStudent(row as StoredStudent) : undefined;
    },
    /** Oldest first. */
    list(): StudentRow[] {
      return (
        db.prepare(`SELECT ${columns} FROM student ORDER BY rowid`).all() as StoredStudent[]
      ).map(toStudent);
    },
    latest(): StudentRow | undefined {
      const row = db.prepare(`SELECT ${columns} FROM student ORDER BY rowid DESC LIMIT 1`).get();
      return row ? toStudent(row as StoredStudent) : undefined;
    },
  };
}

interface StoredStudent extends Omit<StudentRow, 'metrics' | 'config'> {
  readonly metricsJson: string;
  readonly configJson: string;
}

function toStudent({ metricsJson, configJson, ...row }: StoredStudent): StudentRow {
  // Written by `add` above.
  return {
    ...row,
    metrics: JSON.parse(metricsJson) as Metrics,
    config: JSON.parse(configJson) as Json,
  };
}
