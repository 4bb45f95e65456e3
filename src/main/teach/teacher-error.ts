/**
 * Why a call gave no answer: `retry` may work later, `reject` is about this question, `fatal` is about all of them.
 */
export type TeacherErrorKind = 'retry' | 'reject' | 'fatal';

/** A call that gave no answer, whichever the provider. */
export class TeacherError extends Error {
  override readonly name = 'TeacherError';
  readonly kind: TeacherErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Whether the server may have got the question, and charged for it. */
  readonly mayHaveArrived: boolean;
  /** Whether any connection was made. */
  readonly isUnreachable: boolean;

  constructor(
    kind: TeacherErrorKind,
    message: string,
    options: {
      status?: number | undefined;
      retryAfterMs?: number | undefined;
      mayHaveArrived?: boolean;
      isUnreachable?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.mayHaveArrived = options.mayHaveArrived ?? false;
    this.isUnreachable = options.isUnreachable ?? false;
  }
}

/** Reads Retry-After: seconds or a date. Units: milliseconds from now; undefined when there is none. */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
