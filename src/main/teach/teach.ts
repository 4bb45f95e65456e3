import type { TeachOutcome } from '../../shared/contract/teach.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { askAll, priceOf } from './ask-all.ts';
import { createBudget } from './budget.ts';
import type { GatePort } from './gate-port.ts';
import { createLabelInquiry } from './label-inquiry.ts';
import type { TeachOptions } from './options.ts';
import { type Plan, planQuestions } from './plan.ts';
import { createTally } from './result.ts';

/**
 * Asks a teacher for the labels that are missing. Each question is on disk before it is sent and is never sent
 * again once answered, whatever ends the process in between.
 * @throws AppError `gate.refused` when the gate lets nothing out, `teach.budget` when the cap is below one call,
 *   `teach.price`, `teach.provider` when the server refuses or is not there, `app.cancelled`
 */
export async function teach(
  store: Store,
  task: Task,
  options: TeachOptions,
  gate: GatePort,
  work: Work,
  jobId: number | null = null,
): Promise<TeachOutcome> {
  const price = priceOf(options, gate);
  store.transaction(() => store.requests.markOpenUnknown());
  const plan = await planQuestions(store, options, gate, work.signal);
  const tally = createTally();
  tally.requested = plan.open.length + plan.refusedByGate + plan.unknown;
  tally.refusedByGate = plan.refusedByGate;
  tally.refusalReasons = plan.reasons;
  tally.unknown = plan.unknown;
  tally.priceAssumed = price.isAssumed;
  // After a finished run only what may not leave is open, and running it again is no attempt to send that.
  if (plan.open.length === 0 && plan.refusedByGate > 0 && !plan.hasAnswers)
    throw refusedError(store, plan, options, gate);

  const budget = createBudget(options.maxCostUsd);
  const run = { store, options, gate, price, budget, tally, jobId };
  await askAll(run, createLabelInquiry(store, task, tally), plan.open, work);
  return tally;
}

function refusedError(store: Store, plan: Plan, options: TeachOptions, gate: GatePort): AppError {
  const { host } = gate.destination(options.provider.url(options.baseUrl));
  const reasons = Object.entries(plan.reasons).map(([reason, count]) => `${count} ${reason}`);
  return new AppError(
    'gate.refused',
    `Nothing was sent: none of the ${plan.refusedByGate} questions may leave for ${host} (${reasons.join(', ')}). ` +
      `Permit rows first: stillroom consent ${shellWord(store.path)} --set permitted --where FILTER --basis TEXT${options.purpose === 'measure' ? ' --purpose measure' : ''}`,
    {
      details: {
        requested: plan.refusedByGate,
        sent: 0,
        refusedByGate: plan.refusedByGate,
        reasons: plan.reasons,
      },
    },
  );
}
