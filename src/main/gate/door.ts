import type { SendOutcome } from '../../shared/contract/ledger.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { Commit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { decide } from './decide.ts';
import { appendToLedger, type LedgerEntry } from './ledger.ts';
import { assertOnline } from './offline.ts';
import { isIssued, type Permitted } from './permit.ts';
import { type Answer, SendError, sendOnce } from './send-once.ts';

export interface DoorOptions {
  readonly store: Store;
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  /** Reads from an answer what it cost, for the ledger. Units: US dollars. */
  readonly costOf?: (responseBody: string) => number | null;
  /** Runs in the transaction that puts the attempt on disk, before the socket opens. */
  readonly onAttempt?: () => void;
  /** Puts the attempt on disk, where several may share the wait for it. Without it each has a transaction of its own. */
  readonly commit?: Commit;
  /** Takes over writing the outcome, to do it in a transaction that it makes anyway. Without it the door does. */
  readonly deferOutcome?: (append: () => void) => void;
}

/** What the door needs of `fetch`, for the SDKs that are given it. */
export type DoorFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const DEFAULT_TIMEOUT_MS = 120_000;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** All that a teacher needs to answer; everything else that an SDK adds tells about this computer. */
const allowedHeaders = [
  'accept',
  'authorization',
  'content-type',
  'api-key',
  'x-api-key',
  'anthropic-version',
];

/**
 * The one door to the network: a `fetch` that sends one permitted payload, as often as it is called, and nothing
 * else: this method, this address, these bytes, only the headers above, no redirect, no proxy. Every try is in the
 * ledger before the socket opens, and its end after.
 */
export function openDoor(payload: Permitted, options: DoorOptions): DoorFetch {
  const { store } = options;
  const commit: Commit = options.commit ?? (async (write) => store.transaction(write));
  return async (input, init = {}) => {
    const { body, headers } = checkRequest(payload, input, init);
    const entry = toEntry(payload);
    // Nothing else runs between this and the socket: whoever takes a permission back comes before or after both.
    const attempt = await commit(() => {
      assertOnline(payload.destination.url);
      assertStillPermitted(payload, store);
      options.onAttempt?.();
      return appendToLedger(store, 'attempt', entry);
    });
    const end = (outcome: SendOutcome, status: number | null, costUsd: number | null) => {
      const append = () =>
        void appendToLedger(store, 'outcome', { ...entry, attempt, outcome, status, costUsd });
      if (options.deferOutcome) options.deferOutcome(append);
      else append();
    };

    let answer: Answer;
    try {
      answer = await sendOnce({
        url: payload.destination.url,
        body,
        headers,
        signal: init.signal ?? undefined,
        timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        maxResponseBytes: options.maxResponseBytes ?? MAX_RESPONSE_BYTES,
      });
    } catch (error) {
      const mayHaveArrived = error instanceof SendError && error.mayHaveArrived;
      end(mayHaveArrived ? 'unknown' : 'failed', null, mayHaveArrived ? null : 0);
      throw error;
    }
    const isOk = answer.status >= 200 && answer.status < 300;
    end(isOk ? 'sent' : 'failed', answer.status, isOk ? costOf(answer.body, options) : 0);
    assertNoRedirect(answer, payload);
    const hasBody = ![204, 205, 304].includes(answer.status);
    return new Response(hasBody ? answer.body : null, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

/** The headers that leave with a payload; the preview shows them with the key masked. */
export function keepAllowedHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of allowedHeaders) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return { ...kept, 'user-agent': 'stillroom', 'accept-encoding': 'identity' };
}

function checkRequest(
  payload: Permitted,
  input: string | URL | Request,
  init: RequestInit,
): { body: string; headers: Record<string, string> } {
  if (!isIssued(payload))
    throw new AppError(
      'gate.refused',
      'The gate did not issue this payload, so nothing was sent. This is a fault of Stillroom.',
    );
  const address = typeof input === 'string' || input instanceof URL ? new URL(input).href : '';
  const { body } = init;
  if (address !== payload.destination.url || init.method?.toUpperCase() !== 'POST')
    throw mismatch('another address or method');
  if (typeof body !== 'string' || sha256(body) !== payload.sha256) throw mismatch('other bytes');
  return { body, headers: keepAllowedHeaders(new Headers(init.headers)) };
}

function mismatch(what: string): AppError {
  return new AppError(
    'gate.mismatch',
    `Nothing was sent: the request was for ${what} than the gate permitted. This is a fault of Stillroom.`,
  );
}

/** A permission may have ended since the payload was made: on a retry, or while it waited. */
function assertStillPermitted(payload: Permitted, store: Store): void {
  const ask = { purpose: payload.purpose, host: payload.destination.host, nowMs: Date.now() };
  for (const id of payload.exampleIds) {
    const verdict = decide(store, id, ask);
    const isStricter = verdict.kind === 'redact' && !payload.redactedIds.includes(id);
    if (verdict.kind === 'block' || isStricter)
      throw new AppError(
        'gate.refused',
        'Nothing was sent: the permission for this example ended before its turn.',
        { details: { reason: verdict.kind === 'block' ? verdict.reason : 'redacted' } },
      );
  }
}

function assertNoRedirect(answer: Answer, payload: Permitted): void {
  if (answer.status >= 300 && answer.status < 400)
    throw new AppError(
      'gate.refused',
      `${payload.destination.host} answered with a redirect to another address, which Stillroom never follows. Give the final address with --base-url.`,
    );
}

function costOf(body: string, options: DoorOptions): number | null {
  return options.costOf?.(body) ?? null;
}

function toEntry(payload: Permitted): LedgerEntry {
  return {
    destination: payload.destination.host,
    isLoopback: payload.destination.isLoopback,
    purpose: payload.purpose,
    model: payload.model,
    exampleIds: payload.externalIds,
    grantIds: payload.grantIds,
    payloadSha256: payload.sha256,
    bytes: payload.bytes,
    redactions: payload.redactions,
  };
}
