import type { LedgerCheck, LedgerLine } from '../../shared/contract/ledger.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import { sha256 } from '../lib/hash.ts';
import type { LedgerRow } from '../store/ledger.ts';
import type { Store } from '../store/store.ts';

/** What a link says: never the text, only its fingerprint. */
export type LedgerEntry = Omit<LedgerLine, 'seq' | 'event' | 'atMs'>;

const GENESIS = '0'.repeat(64);

/** Adds a link and returns its number; on disk when this returns, unless a transaction is open. */
export function appendToLedger(
  store: Store,
  event: LedgerRow['event'],
  entry: LedgerEntry,
): number {
  return store.transaction(() => {
    const head = store.ledger.head();
    const seq = (head?.seq ?? 0) + 1;
    const atMs = Date.now();
    const previousHash = head?.hash ?? GENESIS;
    // Interfaces of plain JSON values; undefined fields are left out by the spread of JSON.
    const bodyJson = canonicalJson(
      JSON.parse(JSON.stringify({ ...entry, seq, event, atMs })) as Json,
    );
    // hash_n = SHA-256(hash_(n-1) + body_n)
    const hash = sha256(previousHash + bodyJson);
    store.ledger.append({ seq, event, atMs, bodyJson, previousHash, hash });
    return seq;
  });
}

/**
 * Walks the chain and names the first link that does not hold: altered, removed, inserted, out of order, or cut
 * off at the end (the head is kept apart). Someone who can rewrite the whole project file could make a new chain.
 */
export function verifyLedger(store: Store): LedgerCheck {
  let entries = 0;
  let firstBad: { seq: number; reason: string } | undefined;
  let previousHash = GENESIS;
  for (const row of store.ledger.rows()) {
    entries++;
    if (firstBad) continue;
    const reason = findFault(row, entries, previousHash);
    // Where links are missing, the first missing one is named.
    if (reason) firstBad = { seq: Math.min(row.seq, entries), reason };
    previousHash = row.hash;
  }
  const head = store.ledger.head();
  if (!firstBad && entries < (head?.seq ?? 0))
    firstBad = { seq: entries + 1, reason: `the last ${head!.seq - entries} entries are missing` };
  if (!firstBad && (entries > (head?.seq ?? 0) || (head && head.hash !== previousHash)))
    firstBad = { seq: Math.max(entries, 1), reason: 'the chain does not end where it did' };
  return firstBad
    ? { entries, valid: false, firstBad: firstBad.seq, reason: firstBad.reason }
    : { entries, valid: true };
}

function findFault(row: LedgerRow, expectedSeq: number, previousHash: string): string | undefined {
  if (row.seq !== expectedSeq) return 'an entry before it is missing or was inserted';
  if (sha256(row.previousHash + row.bodyJson) !== row.hash) return 'the entry was altered';
  if (row.previousHash !== previousHash) return 'the entry does not follow the one before it';
  const body = parseBody(row.bodyJson);
  if (body?.seq !== row.seq || body.event !== row.event || body.atMs !== row.atMs)
    return 'the entry was altered';
  return undefined;
}

/** Whoever can recompute a hash can also write a body that is not JSON. */
function parseBody(json: string): Partial<LedgerRow> | undefined {
  try {
    return JSON.parse(json) as Partial<LedgerRow> | undefined;
  } catch {
    return undefined;
  }
}

/** The links in order, for people. */
export function listLedger(store: Store): LedgerLine[] {
  // Only `appendToLedger` writes bodies, and they are checked by `verifyLedger`.
  return [...store.ledger.rows()].map((row) => JSON.parse(row.bodyJson) as LedgerLine);
}
