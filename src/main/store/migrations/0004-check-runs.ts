import type { Migration } from './migration.ts';

/** When each check last ran: one that found nothing leaves no finding to tell it from one that never ran. */
export const checkRuns: Migration = {
  version: 4,
  name: 'check runs',
  sql: `
CREATE TABLE check_run (
  check_id TEXT PRIMARY KEY,
  ran_at_ms INTEGER NOT NULL
) STRICT;

INSERT INTO check_run SELECT check_id, max(created_at_ms) FROM finding GROUP BY check_id;
`,
};
