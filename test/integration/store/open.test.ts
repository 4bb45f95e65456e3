import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProject } from '../../../src/main/app/project.ts';
import { redoNext, undoLast } from '../../../src/main/app/undo.ts';
import { acquireWriterLock } from '../../../src/main/store/lock.ts';
import { migrations } from '../../../src/main/store/migrations/index.ts';
import type { Migration } from '../../../src/main/store/migrations/migration.ts';
import { openDatabase, toOpenError } from '../../../src/main/store/open.ts';
import { openStore } from '../../../src/main/store/store.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';
import { AppError } from '../../../src/shared/errors.ts';

const task = parseTask({ name: 'triage', kind: 'classify', labels: ['refund', 'card'] });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-store-'));
  path = join(folder, 'a.stillroom');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function create(passphrase?: string): void {
  const store = openStore(path, { mode: 'create', passphrase });
  store.project.create(task);
  store.close();
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing was thrown';
}

describe('opening', () => {
  test('never creates where a project is expected, and never overwrites one', () => {
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.missing');
    create();
    expect(codeOf(() => openStore(path, { mode: 'create' }))).toBe('store.exists');
    expect(openStore(path, { mode: 'read' }).project.task()).toEqual(task);
  });

  test('reads back every pragma that durability and privacy rest on', () => {
    create();
    const db = openDatabase(path, { mode: 'write' });
    const read = (name: string) => db.pragma(name, { simple: true });
    expect([read('journal_mode'), read('synchronous'), read('foreign_keys')]).toEqual([
      'wal',
      2,
      1,
    ]);
    expect([read('secure_delete'), read('trusted_schema'), read('cell_size_check')]).toEqual([
      1, 0, 1,
    ]);
    db.close();
  });

  test('refuses a file that is not a project, in words', () => {
    writeFileSync(path, 'id,text\n1,hello\n'.repeat(500));
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.foreign');
    // Of the length of a database it may be an encrypted one.
    writeFileSync(path, 'id,text\n1,hello\n'.repeat(512));
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.key');
    rmSync(path);
    new Sqlite(path).exec('CREATE TABLE recipe (name TEXT)').close();
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.foreign');
    rmSync(path);
    writeFileSync(path, '');
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.foreign');
  });

  test('refuses a project with a planted trigger, which would run as our code', () => {
    create();
    new Sqlite(path)
      .exec(
        "CREATE TRIGGER t AFTER INSERT ON example BEGIN UPDATE example SET consent = 'permitted'; END",
      )
      .close();
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.foreign');
  });

  test('refuses a project of a newer version', () => {
    create();
    const db = new Sqlite(path);
    db.pragma('user_version = 999');
    db.close();
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.newer');
  });
});

describe('encryption', () => {
  test('opens with its passphrase only, and a wrong one is never an empty project', () => {
    create('open sesame');
    expect(readFileSync(path).includes('SQLite format 3')).toBe(false);
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.key');
    expect(codeOf(() => openStore(path, { mode: 'write', passphrase: 'wrong' }))).toBe('store.key');
    expect(codeOf(() => openStore(path, { mode: 'write', passphrase: '' }))).toBe('store.key');
    const store = openStore(path, { mode: 'write', passphrase: 'open sesame' });
    expect(store.project.task()).toEqual(task);
    store.close();
  });

  test('control: a plain project shows its header and refuses a passphrase', () => {
    create();
    expect(readFileSync(path).includes('SQLite format 3')).toBe(true);
    expect(codeOf(() => openStore(path, { mode: 'write', passphrase: 'x' }))).toBe('store.key');
  });

  test('no byte of the text stands in an encrypted project or its log', () => {
    const canary = 'canary-4f1d-in-the-text';
    const seen = (passphrase?: string) => {
      rmSync(path, { force: true });
      const store = openStore(path, { mode: 'create', passphrase });
      store.project.create({ ...task, name: canary });
      const found = readdirSync(folder).some((name) =>
        readFileSync(join(folder, name)).includes(canary),
      );
      store.close();
      return found;
    };
    expect(seen('open sesame')).toBe(false);
    expect(seen()).toBe(true);
  });
});

describe('one writer', () => {
  test('a second writer is refused while readers are welcome', () => {
    create();
    const writer = openStore(path, { mode: 'write' });
    expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.locked');
    const reader = openStore(path, { mode: 'read' });
    expect(reader.project.task().name).toBe('triage');
    reader.close();
    writer.close();
    openStore(path, { mode: 'write' }).close();
  });

  test('a reader cannot write', () => {
    create();
    const reader = openStore(path, { mode: 'read' });
    expect(() => reader.jobs.start('x', {}, null)).toThrow(/readonly/);
    reader.close();
  });
});

describe('migrations', () => {
  const next: Migration = {
    version: migrations.at(-1)!.version + 1,
    name: 'test-next',
    sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;',
  };

  test.each([undefined, 'open sesame'])(
    'bring a project with rows from N-1 to N, with a copy made before (passphrase %s)',
    (passphrase) => {
      create(passphrase);
      const db = openDatabase(path, {
        mode: 'write',
        passphrase,
        migrations: [...migrations, next],
      });
      expect(db.prepare('SELECT count(*) FROM project').pluck().get()).toBe(1);
      expect(db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(0);
      db.close();
      const [copy] = readdirSync(`${path}.files/backups`);
      const backup = openDatabase(join(`${path}.files/backups`, copy!), {
        mode: 'read',
        passphrase,
      });
      expect(backup.prepare('SELECT count(*) FROM project').pluck().get()).toBe(1);
      backup.close();
    },
  );

  test('a project of version 2 gets its tables for fields, and keeps its rows', () => {
    const before = openDatabase(path, { mode: 'create', migrations: migrations.slice(0, 2) });
    before
      .prepare(
        `INSERT INTO source (file_name, sha256, importer, mapping_json, imported, refused, duplicates, imported_at_ms)
         VALUES ('a.csv', 'x', 'csv', '{}', 0, 0, 0, 0)`,
      )
      .run();
    before.close();
    const store = openStore(path, { mode: 'write' });
    expect(store.sources.list()).toHaveLength(1);
    const columns = { keyColumn: 'k', valueColumn: 'v', fileName: 't.csv' };
    const table = { name: 't', field: 'f', by: 'b', ...columns };
    const add = store.lookups.begin(table);
    for (const value of ['1', '1', '2']) add(`key ${value}`, value);
    add('key 2', '3');
    expect(store.lookups.list()).toMatchObject([{ name: 't', keys: 2, ambiguous: 1 }]);
    expect(store.lookups.find(table, 'key 1')).toEqual(['1']);
    expect(store.lookups.find(table, 'key 2')).toEqual(['2', '3']);
    // One that differs in anything but its file is another table.
    for (const part of ['name', 'field', 'by', 'keyColumn', 'valueColumn'])
      expect(store.lookups.find({ ...table, [part]: 'other' }, 'key 1')).toEqual([]);
    store.close();
  });

  test('a step undone before version 5 is not done again; one undone from then on is', () => {
    const before = openDatabase(path, { mode: 'create', migrations: migrations.slice(0, 4) });
    const add = before.prepare(
      `INSERT INTO operation (name, inverse_json, created_at_ms, undone_at_ms) VALUES (?, ?, 1, ?)`,
    );
    const inverse = JSON.stringify({ kind: 'consent', before: {}, grantId: null, revoked: [] });
    add.run('kept', inverse, null);
    add.run('undone', inverse, 2);
    before.close();
    const store = openStore(path, { mode: 'write' });
    expect(store.operations.next()).toBeUndefined();
    expect(() => redoNext(store)).toThrow('nothing to do again');
    expect(undoLast(store)).toBe('kept');
    expect(redoNext(store)).toBe('kept');
    store.close();
  });

  test('one that fails leaves the project as it was', () => {
    create();
    const broken = { ...next, sql: `${next.sql} INSERT INTO nowhere VALUES (1);` };
    expect(() =>
      openDatabase(path, { mode: 'write', migrations: [...migrations, broken] }),
    ).toThrow(/nowhere/);
    openStore(path, { mode: 'write' }).close();
  });

  test('are numbered without a gap', () => {
    expect(migrations.map((each) => each.version)).toEqual(migrations.map((_, index) => index + 1));
  });
});

test('a file that is not of the version that it says is refused, and left as it was', () => {
  openStore(path, { mode: 'create' }).close();
  const db = new Sqlite(path);
  db.pragma('user_version = 0');
  db.close();
  expect(codeOf(() => openStore(path, { mode: 'write' }))).toBe('store.foreign');
  const again = new Sqlite(path);
  expect(again.pragma('user_version', { simple: true })).toBe(0);
  again.pragma(`user_version = ${migrations.at(-1)!.version}`);
  again.close();
  openStore(path, { mode: 'write' }).close();
});

test('a folder is not called a damaged project, and nothing is left beside what is not there', () => {
  for (const mode of ['read', 'write'] as const) {
    expect(codeOf(() => openStore(folder, { mode }))).toBe('store.foreign');
    expect(codeOf(() => openProject(path, { mode }))).toBe('store.missing');
    expect(codeOf(() => openProject(join(path, 'b.stillroom'), { mode }))).toBe('store.missing');
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('what may not be written is not called damaged, and another error is no other writer', () => {
  const failed = (code: string) => Object.assign(new Error('of SQLite'), { code });
  expect(toOpenError(failed('SQLITE_CANTOPEN'), path).code).toBe('file.write');
  expect(toOpenError(failed('SQLITE_FULL'), path).code).toBe('disk.full');
  expect(toOpenError(failed('SQLITE_CORRUPT'), path).code).toBe('store.corrupt');
  mkdirSync(`${path}-lock`);
  expect(codeOf(() => acquireWriterLock(path))).toBe('file.write');
});
