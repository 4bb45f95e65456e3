import type { Migration } from './migration.ts';

/** Tables that fill fields. They are nobody's training data, and nothing that leaves is made of them. */
export const lookups: Migration = {
  version: 3,
  name: 'lookups',
  sql: `
CREATE TABLE lookup (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  field TEXT NOT NULL UNIQUE,
  by_field TEXT NOT NULL,
  key_column TEXT NOT NULL,
  value_column TEXT NOT NULL,
  file_name TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL
) STRICT;

-- Keys are folded. A key with two values says neither.
CREATE TABLE lookup_row (
  lookup_id INTEGER NOT NULL REFERENCES lookup (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (lookup_id, key, value)
) STRICT, WITHOUT ROWID;
`,
};
