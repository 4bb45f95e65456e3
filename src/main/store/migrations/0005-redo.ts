import type { Migration } from './migration.ts';

/**
 * Which undone steps can be done again: those that nothing else followed. Steps undone before this version still hold
 * how to undo them, which says nothing of how to do them again.
 */
export const redo: Migration = {
  version: 5,
  name: 'redo',
  sql: `
ALTER TABLE operation ADD COLUMN is_redoable INTEGER NOT NULL DEFAULT 1 CHECK (is_redoable IN (0, 1));

UPDATE operation SET is_redoable = 0 WHERE undone_at_ms IS NOT NULL;
`,
};
