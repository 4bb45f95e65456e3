import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { copyDatabase } from './copy-database.ts';
import { type Database, Sqlite } from './database.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** "STLR" in ASCII, in the file's header, so that no other program's database is taken for a project. */
const APPLICATION_ID = 0x53544c52;
const BUSY_TIMEOUT_MS = 5_000;

export interface OpenOptions {
  readonly mode: 'create' | 'write' | 'read';
  /** The key of an encrypted project; leave out for a plain one. */
  readonly passphrase?: string | undefined;
  /** Where the copy made before a migration goes. */
  readonly backupFolder?: string | undefined;
  /** The schema to open with; tests pass a shorter list to stand on an older version. */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * The only place that opens a project file: key, pragmas (each read back), application id, migrations with a
 * backup before, and the schema compared with ours, since a trigger in a foreign file would run as our code.
 * @throws AppError `store.missing`, `store.exists`, `store.key`, `store.foreign`, `store.newer`, `store.corrupt`, `file.write`
 */
export function openDatabase(path: string, options: OpenOptions): Database {
  const isNew = options.mode === 'create';
  if (isNew && existsSync(path))
    throw new AppError(
      'store.exists',
      `${path} exists already and was not touched. Choose another name.`,
    );
  if (!isNew) assertThere(path);

  const db = connect(path, options);
  try {
    applyKey(db, options);
    const version = readVersion(db, path, options);
    applyPragmas(db, options.mode === 'read');
    const steps = options.migrations ?? migrations;
    if (options.mode === 'read') assertCurrent(version, steps, path);
    else migrate(db, path, version, steps, options);
    assertSchema(db, path, steps);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function connect(path: string, options: OpenOptions): Database {
  try {
    return new Sqlite(path, {
      fileMustExist: options.mode !== 'create',
      timeout: BUSY_TIMEOUT_MS,
    });
  } catch (error) {
    throw toOpenError(error, path);
  }
}

/** @throws AppError `store.missing` */
export function assertThere(path: string): void {
  if (!existsSync(path))
    throw new AppError(
      'store.missing',
      `There is no project ${path}. Check the path, or create one with "new".`,
    );
}

/** Damage is said only of a file that could be read: a folder, or one that may not be written to, is not damaged. */
export function toOpenError(error: unknown, path: string): AppError {
  const { code = '', message } = error as Error & { code?: string };
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return new AppError('store.foreign', `${path} is a folder, not a project file.`, {
      cause: error,
    });
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/.test(code))
    return new AppError(
      'file.write',
      `The system refused access to ${path} or its folder, where a log is kept while a project is open, even for reading. Nothing was changed. Allow writing there, or copy the project to a folder of yours.`,
      { cause: error },
    );
  if (code === 'SQLITE_FULL')
    return new AppError(
      'disk.full',
      `The disk is full, so ${path} could not be opened. Nothing was changed. Free some space and try again.`,
      { cause: error },
    );
  return new AppError('store.corrupt', `${path} could not be read: ${message}.`, { cause: error });
}

function applyKey(db: Database, { passphrase }: OpenOptions): void {
  if (passphrase === undefined) return;
  if (passphrase === '')
    throw new AppError(
      'store.key',
      'The passphrase is empty. Give one, or leave it out for a plain project.',
    );
  db.pragma("cipher='sqlcipher'");
  db.key(Buffer.from(passphrase, 'utf8'));
}

const SMALLEST_PAGE_BYTES = 512;

/** The first read: on an encrypted file a wrong or missing key shows here, never as an empty project. */
function readVersion(db: Database, path: string, options: OpenOptions): number {
  let version: number;
  let applicationId: number;
  let objects: number;
  try {
    version = db.pragma('user_version', { simple: true }) as number;
    applicationId = db.pragma('application_id', { simple: true }) as number;
    objects = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_NOTADB') throw toOpenError(error, path);
    // Encrypted or not, SQLite writes whole pages: asking for the passphrase of anything else leads nowhere.
    if (statSync(path).size % SMALLEST_PAGE_BYTES !== 0)
      throw new AppError(
        'store.foreign',
        `${path} is not a Stillroom project. Nothing was changed.`,
        { cause: error },
      );
    throw new AppError(
      'store.key',
      options.passphrase === undefined
        ? `${path} is not a plain Stillroom project. If it is encrypted, give its passphrase.`
        : `The passphrase does not open ${path}, or the file is not a Stillroom project. Nothing was changed.`,
      { cause: error },
    );
  }
  if (options.mode === 'create') return 0;
  if (options.passphrase !== undefined && isPlainFile(db))
    throw new AppError('store.key', `${path} is not encrypted. Open it without a passphrase.`);
  if (applicationId !== APPLICATION_ID || objects === 0)
    throw new AppError(
      'store.foreign',
      `${path} is a database, but not a Stillroom project. Nothing was changed.`,
    );
  return version;
}

function isPlainFile(db: Database): boolean {
  const probe = new Sqlite(db.name, { readonly: true });
  try {
    probe.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

/** Pragmas and the values they must read back; the traps behind each are in docs/security.md. */
const pragmas = {
  journal_mode: { set: 'WAL', read: 'wal', isWrite: true },
  synchronous: { set: 'FULL', read: 2, isWrite: false },
  foreign_keys: { set: 'ON', read: 1, isWrite: false },
  secure_delete: { set: 'ON', read: 1, isWrite: false },
  trusted_schema: { set: 'OFF', read: 0, isWrite: false },
  cell_size_check: { set: 'ON', read: 1, isWrite: false },
  temp_store: { set: 'MEMORY', read: 2, isWrite: false },
  cache_size: { set: '-65536', read: -65536, isWrite: false },
} as const;

function applyPragmas(db: Database, isReadOnly: boolean): void {
  // A reader is held back by SQLite and not by the file system, so that the last one out can tidy up the log.
  if (isReadOnly) db.pragma('query_only = ON');
  for (const [name, { set, read, isWrite }] of Object.entries(pragmas)) {
    if (isReadOnly && isWrite) continue;
    db.pragma(`${name} = ${set}`);
    const actual = db.pragma(name, { simple: true });
    if (actual !== read)
      throw new AppError(
        'store.corrupt',
        `SQLite did not accept ${name} = ${set} (it says ${String(actual)}).`,
      );
  }
}

function assertCurrent(version: number, steps: readonly Migration[], path: string): void {
  const newest = steps.at(-1)!.version;
  if (version > newest) throw newerError(path);
  if (version < newest)
    throw new AppError(
      'store.newer',
      `${path} was made by an older Stillroom. Open it once for writing to bring it up to date.`,
    );
}

function newerError(path: string): AppError {
  return new AppError(
    'store.newer',
    `${path} was made by a newer Stillroom. Update Stillroom to open it; nothing was changed.`,
  );
}

function migrate(
  db: Database,
  path: string,
  version: number,
  steps: readonly Migration[],
  options: OpenOptions,
): void {
  const due = steps.filter((step) => step.version > version);
  if (version > steps.at(-1)!.version) throw newerError(path);
  if (due.length === 0) return;
  if (version > 0) backup(db, path, version, options.backupFolder);
  try {
    db.transaction(() => {
      for (const step of due) db.exec(step.sql);
      db.pragma(`user_version = ${due.at(-1)!.version}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }).immediate();
  } catch (error) {
    // Our steps fit every file of the version that they start from.
    if ((error as { code?: string }).code !== 'SQLITE_ERROR') throw error;
    throw new AppError(
      'store.foreign',
      `${path} says that it is of version ${version} of a project and is not: ${(error as Error).message}. Nothing was changed. Go back to a copy.`,
      { cause: error },
    );
  }
}

/** A plain copy of the file, beside the other files of the project. */
function backup(db: Database, path: string, version: number, folder: string | undefined): void {
  const target = folder ?? `${path}.files/backups`;
  mkdirSync(target, { recursive: true });
  copyDatabase(db, path, join(target, `${basename(path)}.v${version}.${Date.now()}.bak`));
}

const expectedFingerprints = new Map<readonly Migration[], string>();

function assertSchema(db: Database, path: string, steps: readonly Migration[]): void {
  let expected = expectedFingerprints.get(steps);
  if (!expected) {
    const reference = new Sqlite(':memory:');
    for (const step of steps) reference.exec(step.sql);
    expected = schemaFingerprint(reference);
    reference.close();
    expectedFingerprints.set(steps, expected);
  }
  if (schemaFingerprint(db) !== expected)
    throw new AppError(
      'store.foreign',
      `${path} holds tables, triggers or views that Stillroom did not make, so it was not opened. Export its rows with another tool and import them here.`,
    );
}

/** SHA-256 over every table, index, trigger and view, in order of name. */
export function schemaFingerprint(db: Database): string {
  const rows = db
    .prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
    )
    .raw()
    .all();
  return sha256(JSON.stringify(rows));
}
