import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { JobKind } from '../../shared/contract/jobs.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** All that is ever written down: names of a closed list and numbers, so that no text of a project can get in. */
export type LogEntry =
  | { readonly event: 'start'; readonly version: string; readonly electron: string }
  | { readonly event: 'quit' }
  | { readonly event: 'engine-died'; readonly exitCode: number }
  | { readonly event: 'engine-back' | 'engine-given-up' }
  | { readonly event: 'page-died'; readonly exitCode: number }
  | {
      readonly event: 'job';
      readonly kind: JobKind;
      readonly state: 'done' | 'failed' | 'cancelled';
      readonly seconds: number;
      readonly code?: ErrorCode;
    }
  | { readonly event: 'call-failed'; readonly method: string; readonly code: ErrorCode };

const MAX_BYTES = 512 * 1024;
const SHOWN_LINES = 200;
const path = () => join(app.getPath('userData'), 'logs/stillroom.log');

/** Appends one line; a log that can't be written stops nothing. */
export function log(entry: LogEntry): void {
  try {
    mkdirSync(dirname(path()), { recursive: true });
    if ((statSync(path(), { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES)
      renameSync(path(), `${path()}.1`);
    appendFileSync(path(), `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
  } catch {
    // A full disk is told where something of the user's is written.
  }
}

/** The newest lines, oldest first. */
export function readLog(): string[] {
  try {
    return readFileSync(path(), 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES);
  } catch {
    return [];
  }
}
