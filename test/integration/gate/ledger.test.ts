import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appendToLedger, verifyLedger } from '../../../src/main/gate/ledger.ts';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { openStore } from '../../../src/main/store/store.ts';
import type { LedgerCheck } from '../../../src/shared/contract/ledger.ts';
import { newProject } from '../teach/project.ts';

const entry = {
  destination: 'api.example.com',
  isLoopback: false,
  purpose: 'label',
  model: 'm',
  exampleIds: ['a'],
  grantIds: [1],
  payloadSha256: sha256('x'),
  bytes: 1,
  redactions: 0,
} as const;
const LINKS = 6;

/** Makes a chain, lets someone at the file, and looks at it again. */
function tamper(change: (db: InstanceType<typeof Sqlite>) => void): LedgerCheck {
  const { store, path } = newProject();
  for (let i = 0; i < LINKS; i++) appendToLedger(store, 'attempt', { ...entry, bytes: i });
  expect(verifyLedger(store)).toEqual({ entries: LINKS, valid: true });
  store.close();
  const db = new Sqlite(path);
  change(db);
  db.close();
  const again = openStore(path, { mode: 'read' });
  try {
    return verifyLedger(again);
  } finally {
    again.close();
  }
}

const bodyOf = (db: InstanceType<typeof Sqlite>, seq: number) =>
  db.prepare('SELECT body_json FROM ledger WHERE seq = ?').pluck().get(seq) as string;

test('control: an untouched chain holds', () => {
  expect(tamper(() => undefined)).toEqual({ entries: LINKS, valid: true });
});

test('an altered entry is named', () => {
  const alterBody = tamper((db) =>
    db
      .prepare(
        'UPDATE ledger SET body_json = replace(body_json, \'"bytes":2\', \'"bytes":9\') WHERE seq = 3',
      )
      .run(),
  );
  expect(alterBody).toMatchObject({ valid: false, firstBad: 3 });
  expect(
    tamper((db) => db.prepare('UPDATE ledger SET at_ms = 1 WHERE seq = 2').run()),
  ).toMatchObject({ firstBad: 2 });
  expect(
    tamper((db) => db.prepare("UPDATE ledger SET event = 'outcome' WHERE seq = 5").run()),
  ).toMatchObject({
    firstBad: 5,
  });
});

test('an altered entry with its own hash made to fit is found by the next one', () => {
  const check = tamper((db) => {
    const body = bodyOf(db, 3).replace('"bytes":2', '"bytes":9');
    const previous = db
      .prepare('SELECT previous_hash FROM ledger WHERE seq = 3')
      .pluck()
      .get() as string;
    db.prepare('UPDATE ledger SET body_json = ?, hash = ? WHERE seq = 3').run(
      body,
      sha256(previous + body),
    );
  });
  expect(check).toMatchObject({ valid: false, firstBad: 4 });
});

test('an entry that is no JSON, with its own hash made to fit, is named', () => {
  const check = tamper((db) => {
    const previous = db
      .prepare('SELECT previous_hash FROM ledger WHERE seq = 3')
      .pluck()
      .get() as string;
    db.prepare("UPDATE ledger SET body_json = '{', hash = ? WHERE seq = 3").run(
      sha256(`${previous}{`),
    );
  });
  expect(check).toMatchObject({ valid: false, firstBad: 3 });
});

test('a removed entry is named', () => {
  expect(tamper((db) => db.prepare('DELETE FROM ledger WHERE seq = 3').run())).toMatchObject({
    entries: LINKS - 1,
    valid: false,
    firstBad: 3,
  });
  expect(tamper((db) => db.prepare('DELETE FROM ledger WHERE seq = 1').run())).toMatchObject({
    firstBad: 1,
  });
});

test('a chain that was cut at its end, or emptied, is too short', () => {
  expect(tamper((db) => db.prepare('DELETE FROM ledger WHERE seq > 4').run())).toMatchObject({
    entries: 4,
    valid: false,
    firstBad: 5,
  });
  expect(tamper((db) => db.prepare('DELETE FROM ledger').run())).toMatchObject({
    entries: 0,
    valid: false,
    firstBad: 1,
  });
});

test('an inserted entry is named, wherever it is put', () => {
  const insert = (db: InstanceType<typeof Sqlite>, seq: number) =>
    db
      .prepare(
        `INSERT INTO ledger (seq, event, at_ms, body_json, previous_hash, hash)
         SELECT ?, event, at_ms, body_json, hash, ? FROM ledger WHERE seq = ?`,
      )
      .run(seq, sha256('whatever'), seq - 1);
  expect(tamper((db) => insert(db, LINKS + 1))).toMatchObject({
    valid: false,
    firstBad: LINKS + 1,
  });
  const inMiddle = tamper((db) => {
    db.prepare('UPDATE ledger SET seq = seq + 100 WHERE seq > 3').run();
    db.prepare('UPDATE ledger SET seq = seq - 99 WHERE seq > 100').run();
    insert(db, 4);
  });
  expect(inMiddle).toMatchObject({ valid: false, firstBad: 4 });
});

test('a chain that was lengthened by someone who knows how is not the one that we left', () => {
  const check = tamper((db) => {
    const body = bodyOf(db, LINKS).replace(`"seq":${LINKS}`, `"seq":${LINKS + 1}`);
    const previous = db
      .prepare('SELECT hash FROM ledger WHERE seq = ?')
      .pluck()
      .get(LINKS) as string;
    const { atMs } = JSON.parse(body) as { atMs: number };
    db.prepare("INSERT INTO ledger VALUES (?, 'attempt', ?, ?, ?, ?)").run(
      LINKS + 1,
      atMs,
      body,
      previous,
      sha256(previous + body),
    );
  });
  expect(check).toMatchObject({ valid: false, firstBad: LINKS + 1 });
});

test('entries in another order are named', () => {
  const check = tamper((db) => {
    db.prepare('UPDATE ledger SET seq = 99 WHERE seq = 2').run();
    db.prepare('UPDATE ledger SET seq = 2 WHERE seq = 4').run();
    db.prepare('UPDATE ledger SET seq = 4 WHERE seq = 99').run();
  });
  expect(check).toMatchObject({ valid: false, firstBad: 2 });
});

test('a body that is no JSON is an altered entry, not a crash', () => {
  expect(
    tamper((db) => db.prepare("UPDATE ledger SET body_json = '{' WHERE seq = 2").run()),
  ).toMatchObject({
    firstBad: 2,
  });
});
