import type { Database } from './database.ts';

/** A student or an export that was made from examples. */
export interface Artifact {
  readonly kind: 'student' | 'export';
  readonly id: string;
}

/** Which examples each student and export was made from. */
export function createArtifacts(db: Database) {
  return {
    /** Call inside a transaction. */
    record({ kind, id }: Artifact, exampleIds: readonly number[]): void {
      const insert = db.prepare(
        'INSERT OR IGNORE INTO artifact_example (kind, artifact_id, example_id) VALUES (?, ?, ?)',
      );
      for (const exampleId of exampleIds) insert.run(kind, id, exampleId);
    },
    /** How many of the examples a student or an export was made from. */
    countIn({ kind, id }: Artifact, exampleIds: readonly number[]): number {
      const find = db.prepare(
        'SELECT 1 FROM artifact_example WHERE kind = ? AND artifact_id = ? AND example_id = ?',
      );
      return exampleIds.filter((exampleId) => find.get(kind, id, exampleId) !== undefined).length;
    },
    /** The students and exports that any of the examples went into. */
    using(exampleIds: readonly number[]): Artifact[] {
      const find = db.prepare(
        'SELECT kind, artifact_id AS id FROM artifact_example WHERE example_id = ?',
      );
      const found = new Map<string, Artifact>();
      for (const exampleId of exampleIds)
        for (const artifact of find.all(exampleId) as Artifact[])
          found.set(`${artifact.kind} ${artifact.id}`, artifact);
      return [...found.values()];
    },
  };
}
