import PQueue from 'p-queue';
import type { TeachOutcome } from '../../shared/contract/teach.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { createAsk } from './ask.ts';
import type { Budget } from './budget.ts';
import type { GatePort } from './gate-port.ts';
import type { AskOptions } from './options.ts';
import { findPrice, type KnownPrice } from './prices.ts';
import type { Inquiry, PlannedQuestion } from './question.ts';
import type { Tally } from './result.ts';
import { createRetrier } from './retry.ts';
import { TeacherError } from './teacher-error.ts';

/** After Ctrl+C, answers on their way are paid for: they get this long to arrive. */
const GRACE_MS = 5_000;
const MIN_FAILURES_IN_A_ROW = 8;

/** A run of questions to one teacher: several lists may share its budget and its counts. */
export interface AskRun {
  readonly store: Store;
  readonly options: AskOptions;
  readonly gate: GatePort;
  readonly price: KnownPrice;
  readonly budget: Budget;
  readonly tally: Tally;
  readonly jobId: number | null;
}

/**
 * Asks questions, several at a time. Each is on disk before it is sent, and its answer before it is counted.
 * @throws AppError `teach.budget` when the cap is below one call, `teach.provider` when the server refuses or is not
 *   there, `app.cancelled`
 */
export async function askAll<Question extends PlannedQuestion>(
  run: AskRun,
  inquiry: Inquiry<Question>,
  questions: readonly Question[],
  work: Work,
): Promise<void> {
  const { options, tally } = run;
  const sentBefore = tally.sent;
  const failedBefore = tally.failed;
  const stop = new AbortController();
  const isStopped = () => stop.signal.aborted || work.signal.aborted;
  const { signal: abandon, release } = abandonAfterGrace(work.signal);
  const ask = createAsk<Question>({
    ...run,
    inquiry,
    commit: createGroupCommit(run.store),
    abandon,
    isStopped,
    retry: createRetrier({
      maxTries: options.maxTries,
      firstWaitMs: options.firstWaitMs,
      signal: AbortSignal.any([work.signal, stop.signal]),
    }),
  });

  const queue = new PQueue({ concurrency: options.concurrency });
  let fault: unknown;
  let failuresInARow = 0;
  let done = 0;
  let asked = 0;
  try {
    for (const question of questions) {
      await queue.onSizeLessThan(1);
      if (isStopped()) break;
      void queue.add(async () => {
        if (isStopped()) return;
        asked++;
        try {
          const end = await ask(question);
          if (end === 'cap' || end === 'stopped') {
            tally.capReached ||= end === 'cap';
            asked--;
            stop.abort();
            return;
          }
          failuresInARow = end === 'failed' ? failuresInARow + 1 : 0;
          if (failuresInARow >= Math.max(MIN_FAILURES_IN_A_ROW, 2 * options.concurrency))
            throw new TeacherError(
              'fatal',
              `the last ${failuresInARow} questions all failed: ${tally.lastError}`,
            );
        } catch (error) {
          if (!isStopped()) fault = error;
          stop.abort();
        }
        done++;
        work.report({ done, total: questions.length, message: 'Asking the teacher' });
      });
    }
    await queue.onIdle();
  } finally {
    release();
  }
  tally.notSent += questions.length - asked;
  throwIfCancelled(work.signal);
  if (
    fault === undefined &&
    tally.failed > failedBefore &&
    tally.failed - failedBefore === tally.sent - sentBefore
  )
    fault = new TeacherError(
      'fatal',
      `none of ${tally.sent - sentBefore} questions was answered: ${tally.lastError}`,
    );
  if (fault !== undefined) throw toProviderError(fault, options, tally);
  if (tally.capReached && tally.sent === 0)
    throw new AppError(
      'teach.budget',
      `Nothing was sent: one question may cost more than the cap of $${options.maxCostUsd}. Raise --max-cost, or lower --max-tokens.`,
      { details: { ...tally } },
    );
}

/** What the run's questions cost. @throws AppError `app.usage` without a key for a server elsewhere or for one that is none, `teach.price` */
export function priceOf(options: AskOptions, gate: GatePort): KnownPrice {
  const { isLoopback } = gate.destination(options.provider.url(options.baseUrl));
  if (options.apiKey === undefined && !isLoopback)
    throw new AppError(
      'app.usage',
      `Nothing was sent: there is no key. In the window, type it or keep one under Settings; on the command line, set ${options.provider.keyVariable} or name another variable with --key-env.`,
    );
  // Whoever puts such a key into a header says it in their error.
  if (options.apiKey !== undefined && !/^[\x21-\x7e]+$/.test(options.apiKey))
    throw new AppError(
      'app.usage',
      'Nothing was sent: the key has a space, a line break or another sign that no key has. Copy it again.',
    );
  const hasCap = options.maxCostUsd !== undefined;
  return findPrice({ model: options.model, isLoopback, hasCap, given: options.price });
}

function toProviderError(fault: unknown, options: AskOptions, result: TeachOutcome): unknown {
  if (!(fault instanceof TeacherError)) return fault;
  const address = options.provider.url(options.baseUrl);
  const kept = `${result.accepted} answers are kept; ${result.notSent} questions were not sent. Start it again to go on.`;
  const remedy =
    fault.status === 401 || fault.status === 403
      ? `The server refused the key: check ${options.provider.keyVariable} or --key-env.`
      : fault.status === 404 || fault.status === 405
        ? `Check --base-url (it usually ends in /v1) and --model "${options.model}".`
        : fault.isUnreachable
          ? 'Check that the server runs and that its address is right.'
          : 'Check the server.';
  return new AppError(
    'teach.provider',
    `${address}: ${fault.message.replace(/[.\s]+$/, '')}. ${remedy} ${kept}`,
    {
      cause: fault,
      details: { ...result, status: fault.status ?? null },
    },
  );
}

/** A signal that follows another one some seconds later. */
function abandonAfterGrace(signal: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    timer = setTimeout(() => controller.abort(), GRACE_MS);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
