import { initial } from './0001-initial.ts';
import { search } from './0002-search.ts';
import { lookups } from './0003-lookups.ts';
import { checkRuns } from './0004-check-runs.ts';
import { redo } from './0005-redo.ts';
import type { Migration } from './migration.ts';

/** All migrations in order. To add one: a new file and a line here. */
export const migrations: readonly Migration[] = [initial, search, lookups, checkRuns, redo];
