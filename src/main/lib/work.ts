import { AppError } from '../../shared/errors.ts';

/** One step of progress of long work. Units: `done` and `total` in the work's own items; `total` null when unknown. */
export interface Progress {
  readonly done: number;
  readonly total: number | null;
  readonly message: string;
  /** Numbers beside it: of a training `epoch`, `loss`, `examplesPerSecond`, `secondsLeft`. */
  readonly details?: Readonly<Record<string, number>>;
}

/** Where a training ended that was asked to: after this many of its epochs. */
export interface EarlyEnd {
  readonly epoch: number;
  readonly epochs: number;
}

/** A wish that long work ends soon with what it has, in which it differs from cancelling; only trainings heed it. */
export interface Finish {
  readonly signal: AbortSignal;
  /** Told by a training that ended early because of it. */
  ended?(at: EarlyEnd): void;
}

/** What long work gets from whoever runs it: a way to be cancelled and a way to tell how far it is. */
export interface Work {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /** Told the number of the job row, where the work is kept as one. */
  started?(jobId: number): void;
  readonly finish?: Finish;
}

export const isFinishing = ({ finish }: Work): boolean => finish?.signal.aborted ?? false;

/** Work that is of no use once the rest is to end with what it has: cut off then, and undefined. */
export async function unlessFinishing<Result>(
  { finish, ...work }: Work,
  body: (work: Work) => Promise<Result>,
): Promise<Result | undefined> {
  if (!finish) return body(work);
  if (finish.signal.aborted) return undefined;
  try {
    return await body({ ...work, signal: AbortSignal.any([work.signal, finish.signal]) });
  } catch (error) {
    const isCutOff = finish.signal.aborted && !work.signal.aborted;
    if (isCutOff && error instanceof AppError && error.kind === 'cancelled') return undefined;
    throw error;
  }
}

/** Why work is stopped that is to go on later, as when its project is closed: the reason of its signal. */
export const paused = 'paused';

/** Work that nobody watches or cancels. */
export const unwatched: Work = { signal: new AbortController().signal, report: () => undefined };
