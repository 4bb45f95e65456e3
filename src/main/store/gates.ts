import type { Database } from './database.ts';

export const gateStatuses = ['pass', 'warn', 'fail'] as const;
export type GateStatus = (typeof gateStatuses)[number];

/** A quality gate: one number beside its threshold, and a sentence for people. */
export interface Gate {
  readonly id: string;
  readonly status: GateStatus;
  readonly value: number;
  readonly threshold: number;
  readonly message: string;
}

export interface StoredGate extends Gate {
  /** Of the data that was judged: another one now means that the gate is stale. */
  readonly dataFingerprint: string;
  readonly atMs: number;
}

/** The last state of each quality gate. */
export function createGates(db: Database) {
  return {
    replaceAll(gates: readonly Gate[], dataFingerprint: string): void {
      db.prepare('DELETE FROM gate').run();
      const insert = db.prepare(
        'INSERT INTO gate (id, status, value, threshold, message, data_fingerprint, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
      );
      for (const gate of gates)
        insert.run(
          gate.id,
          gate.status,
          gate.value,
          gate.threshold,
          gate.message,
          dataFingerprint,
          Date.now(),
        );
    },
    list(): StoredGate[] {
      return db
        .prepare(
          'SELECT id, status, value, threshold, message, data_fingerprint AS dataFingerprint, at_ms AS atMs FROM gate ORDER BY rowid',
        )
        .all() as StoredGate[];
    },
  };
}
