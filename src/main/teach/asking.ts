import type { Commit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import type { Budget } from './budget.ts';
import type { GatePort } from './gate-port.ts';
import type { AskOptions } from './options.ts';
import type { KnownPrice } from './prices.ts';
import type { Inquiry, PlannedQuestion } from './question.ts';
import type { Tally } from './result.ts';

/** What all questions of one run share. */
export interface Asking<Question extends PlannedQuestion> {
  readonly store: Store;
  readonly options: AskOptions;
  readonly gate: GatePort;
  readonly budget: Budget;
  readonly price: KnownPrice;
  readonly inquiry: Inquiry<Question>;
  readonly retry: <Result>(attempt: () => Promise<Result>) => Promise<Result>;
  readonly tally: Tally;
  /** Puts writes of several calls on disk together. */
  readonly commit: Commit;
  readonly jobId: number | null;
  /** Whether no new call may begin. */
  isStopped(): boolean;
  /** Stops calls in flight; fires some seconds after the user cancelled. */
  readonly abandon: AbortSignal;
}
