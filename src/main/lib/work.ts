/** One step of progress of long work. Units: `done` and `total` in the work's own items; `total` null when unknown. */
export interface Progress {
  readonly done: number;
  readonly total: number | null;
  readonly message: string;
  /** Numbers beside it: of a training `epoch`, `loss`, `examplesPerSecond`, `secondsLeft`. */
  readonly details?: Readonly<Record<string, number>>;
}

/** What long work gets from whoever runs it: a way to be cancelled and a way to tell how far it is. */
export interface Work {
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /** Told the number of the job row, where the work is kept as one. */
  started?(jobId: number): void;
}

/** Why work is stopped that is to go on later, as when its project is closed: the reason of its signal. */
export const paused = 'paused';

/** Work that nobody watches or cancels. */
export const unwatched: Work = { signal: new AbortController().signal, report: () => undefined };
