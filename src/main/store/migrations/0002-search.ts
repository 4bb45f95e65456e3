import type { Migration } from './migration.ts';

/**
 * Full-text search over the texts, which stay where they are (an external-content table). No trigger keeps it: rows
 * are added in the background after an import, which stays as quick as it was; texts never change afterwards.
 */
export const search: Migration = {
  version: 2,
  name: 'search',
  sql: `
CREATE VIRTUAL TABLE example_search USING fts5(
  text, content = 'example', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO example_search (example_search, rank) VALUES ('secure-delete', 1);
CREATE INDEX finding_by_other ON finding (other_id);
`,
};
