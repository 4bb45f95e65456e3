import { AppError } from '../../../shared/errors.ts';
import { toPlainWords } from '../plain-words.ts';
import { parseRetryAfter, TeacherError } from '../teacher-error.ts';

const retryStatuses = new Set([408, 409, 425, 429]);
const fatalStatuses = new Set([401, 402, 403, 404, 405]);

/** What a server answered instead of an answer. `isSpent`: the account has no money or quota left. */
export function statusError(
  answer: {
    readonly status: number;
    readonly headers: Headers;
    readonly message: string;
    readonly isSpent: boolean;
  },
  cause?: unknown,
): TeacherError {
  const { status, headers, message, isSpent } = answer;
  const isFatal = fatalStatuses.has(status) || isSpent;
  const isRetried = retryStatuses.has(status) || status >= 500;
  return new TeacherError(
    isFatal ? 'fatal' : isRetried ? 'retry' : 'reject',
    toPlainWords(message),
    {
      status,
      retryAfterMs: parseRetryAfter(headers, Date.now()),
      cause,
    },
  );
}

/** What the fetch threw: errors of the gate and of teaching as they are, all else as a connection that failed. */
export function connectionError(thrown: unknown): Error {
  if (thrown instanceof AppError || thrown instanceof TeacherError) return thrown;
  const mayHaveArrived = hasArrived(thrown);
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new TeacherError('retry', `The connection failed: ${why}.`, {
    mayHaveArrived,
    isUnreachable: !mayHaveArrived,
    cause: thrown,
  });
}

/** An answer came, and it is none that can be read. */
export function unreadableError(what: string, cause?: unknown): TeacherError {
  return new TeacherError('reject', `The server answered something that is no ${what}.`, {
    mayHaveArrived: true,
    cause,
  });
}

/** Whatever is not known to have failed before a connection may have arrived. */
function hasArrived(cause: unknown): boolean {
  return !(cause instanceof Error && 'mayHaveArrived' in cause && cause.mayHaveArrived === false);
}
