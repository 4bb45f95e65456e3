import type { Purpose } from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

export interface NewGrant {
  readonly purposes: readonly Purpose[];
  /** `host`, `host:port`, or `*` for anywhere. */
  readonly destination: string;
  readonly basis: string;
  /** The filter as the person wrote it. */
  readonly filter: string;
  readonly expiresAtMs: number | null;
}

export interface Grant extends NewGrant {
  readonly id: number;
  readonly createdAtMs: number;
  /** Examples that it still covers. */
  readonly examples: number;
}

const columns = `g.id, g.purposes_json AS purposesJson, g.destination, g.basis, g.filter, g.expires_at_ms AS expiresAtMs,
  g.created_at_ms AS createdAtMs`;

/** Who said that which examples may leave: for what, to where, until when. A grant is never changed, only revoked. */
export function createGrants(db: Database) {
  const link = db.prepare('INSERT INTO grant_example (grant_id, example_id) VALUES (?, ?)');
  const revoke = db.prepare(
    'UPDATE grant_example SET revoked_at_ms = ? WHERE example_id = ? AND revoked_at_ms IS NULL RETURNING grant_id',
  );
  const covering = db.prepare(
    `SELECT ${columns}, 1 AS examples FROM grant_example l JOIN consent_grant g ON g.id = l.grant_id
     WHERE l.example_id = ? AND l.revoked_at_ms IS NULL ORDER BY g.id`,
  );

  return {
    create(grant: NewGrant): number {
      const result = db
        .prepare(
          `INSERT INTO consent_grant (purposes_json, destination, basis, filter, expires_at_ms, created_at_ms)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(
          JSON.stringify(grant.purposes),
          grant.destination,
          grant.basis,
          grant.filter,
          grant.expiresAtMs,
          Date.now(),
        );
      return Number(result.lastInsertRowid);
    },
    link(grantId: number, exampleId: number): void {
      link.run(grantId, exampleId);
    },
    /** Ends every grant on an example and returns their ids. */
    revoke(exampleId: number, atMs: number): number[] {
      return (revoke.all(atMs, exampleId) as { grant_id: number }[]).map((row) => row.grant_id);
    },
    /** Takes a revocation back: undo. */
    restore(grantId: number, exampleId: number): void {
      db.prepare(
        'UPDATE grant_example SET revoked_at_ms = NULL WHERE grant_id = ? AND example_id = ?',
      ).run(grantId, exampleId);
    },
    /** Ends one grant for every example it covers: undo of giving it. */
    revokeGrant(grantId: number, atMs: number): void {
      db.prepare(
        'UPDATE grant_example SET revoked_at_ms = ? WHERE grant_id = ? AND revoked_at_ms IS NULL',
      ).run(atMs, grantId);
    },
    /** The examples that a grant covers and that nobody has taken from it. */
    examplesOf(grantId: number): number[] {
      return db
        .prepare(
          'SELECT example_id FROM grant_example WHERE grant_id = ? AND revoked_at_ms IS NULL ORDER BY example_id',
        )
        .pluck()
        .all(grantId) as number[];
    },
    /** Grants on an example that were not revoked; expired ones included. */
    of(exampleId: number): Grant[] {
      return (covering.all(exampleId) as GrantRow[]).map(toGrant);
    },
    /** The grants that hold at a time, by example: neither revoked nor expired. */
    holding(nowMs: number): Map<number, number[]> {
      const rows = db
        .prepare(
          `SELECT l.example_id, l.grant_id FROM grant_example l JOIN consent_grant g ON g.id = l.grant_id
           WHERE l.revoked_at_ms IS NULL AND (g.expires_at_ms IS NULL OR g.expires_at_ms > ?)
           ORDER BY l.example_id, l.grant_id`,
        )
        .raw()
        .iterate(nowMs) as IterableIterator<[number, number]>;
      const held = new Map<number, number[]>();
      for (const [exampleId, grantId] of rows) {
        const known = held.get(exampleId);
        if (known) known.push(grantId);
        else held.set(exampleId, [grantId]);
      }
      return held;
    },
    /** Grants that an example ever had, with the time that each was taken back. */
    historyOf(exampleId: number): (Grant & { readonly revokedAtMs: number | null })[] {
      const rows = db
        .prepare(
          `SELECT ${columns}, 1 AS examples, l.revoked_at_ms AS revokedAtMs
           FROM grant_example l JOIN consent_grant g ON g.id = l.grant_id WHERE l.example_id = ? ORDER BY g.id`,
        )
        .all(exampleId) as (GrantRow & { readonly revokedAtMs: number | null })[];
      return rows.map(({ revokedAtMs, ...row }) => ({ ...toGrant(row), revokedAtMs }));
    },
    list(): Grant[] {
      const rows = db
        .prepare(
          `SELECT ${columns}, (SELECT count(*) FROM grant_example l WHERE l.grant_id = g.id AND l.revoked_at_ms IS NULL)
             AS examples FROM consent_grant g ORDER BY g.id`,
        )
        .all() as GrantRow[];
      return rows.map(toGrant);
    },
  };
}

interface GrantRow extends Omit<Grant, 'purposes'> {
  readonly purposesJson: string;
}

function toGrant({ purposesJson, ...row }: GrantRow): Grant {
  return { ...row, purposes: JSON.parse(purposesJson) as Purpose[] };
}
