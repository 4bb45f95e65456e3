import {
  type Consent,
  consents,
  type Origin,
  type Split,
  type Status,
  splits,
  statuses,
} from '../../shared/domain/example.ts';
import type { Database } from './database.ts';

/** How many examples there are of each state. */
export interface Counts {
  readonly examples: number;
  readonly synthetic: number;
  readonly labelled: number;
  readonly byConsent: Readonly<Record<Consent, number>>;
  readonly byStatus: Readonly<Record<Status, number>>;
  readonly bySplit: Readonly<Record<Split, number>>;
}

/** Sums over what left, programs on this computer apart. Units: bytes, US dollars. */
export interface LeftSums {
  readonly todayBytes: number;
  readonly everBytes: number;
  readonly todayLoopbackBytes: number;
  readonly everLoopbackBytes: number;
  readonly costUsd: number;
  readonly requests: number;
}

/** Figures over the whole project, for its overview. */
export function createSummary(db: Database) {
  const newest = (table: string, column: string) =>
    `(SELECT ${column} FROM ${table} ORDER BY id DESC LIMIT 1)`;
  return {
    /** Another number whenever anything was written, here or by another process. */
    version(): string {
      const here = db.prepare('SELECT total_changes()').pluck().get();
      return `${here} ${db.pragma('data_version', { simple: true })}`;
    },
    counts(): Counts {
      const groups = db
        .prepare(
          'SELECT consent, status, split, origin, count(*) AS n FROM example GROUP BY 1, 2, 3, 4',
        )
        .all() as { consent: Consent; status: Status; split: Split; origin: Origin; n: number }[];
      const sum = (isIn: (group: (typeof groups)[number]) => boolean) =>
        groups.filter(isIn).reduce((total, { n }) => total + n, 0);
      const tally = <Key extends string>(
        keys: readonly Key[],
        of: 'consent' | 'status' | 'split',
      ) =>
        // Every key is given a number.
        Object.fromEntries(keys.map((key) => [key, sum((group) => group[of] === key)])) as Record<
          Key,
          number
        >;
      return {
        examples: sum(() => true),
        synthetic: sum(({ origin }) => origin === 'synthetic'),
        labelled: db.prepare('SELECT count(*) FROM current_label').pluck().get() as number,
        byConsent: tally(consents, 'consent'),
        byStatus: tally(statuses, 'status'),
        bySplit: tally(splits, 'split'),
      };
    },
    left(sinceMs: number): LeftSums {
      const bytes = "json_extract(body_json, '$.bytes')";
      const isLoopback = "json_extract(body_json, '$.isLoopback')";
      return db
        .prepare(
          `SELECT
             coalesce(sum(CASE WHEN event = 'attempt' AND NOT ${isLoopback} AND at_ms >= ? THEN ${bytes} END), 0) AS todayBytes,
             coalesce(sum(CASE WHEN event = 'attempt' AND NOT ${isLoopback} THEN ${bytes} END), 0) AS everBytes,
             coalesce(sum(CASE WHEN event = 'attempt' AND ${isLoopback} AND at_ms >= ? THEN ${bytes} END), 0) AS todayLoopbackBytes,
             coalesce(sum(CASE WHEN event = 'attempt' AND ${isLoopback} THEN ${bytes} END), 0) AS everLoopbackBytes,
             coalesce(sum(CASE WHEN event = 'outcome' THEN json_extract(body_json, '$.costUsd') END), 0) AS costUsd,
             count(CASE WHEN event = 'attempt' THEN 1 END) AS requests
           FROM ledger`,
        )
        .get(sinceMs, sinceMs) as LeftSums;
    },
    /** When data that checks judge last changed: an import, a label, or something that a person did or undid. */
    lastChangeMs(): number {
      return db
        .prepare(
          `SELECT max(coalesce(${newest('source', 'imported_at_ms')}, 0), coalesce(${newest('label', 'created_at_ms')}, 0),
             coalesce(${newest('operation', 'created_at_ms')}, 0), coalesce((SELECT max(undone_at_ms) FROM operation), 0))`,
        )
        .pluck()
        .get() as number;
    },
  };
}
