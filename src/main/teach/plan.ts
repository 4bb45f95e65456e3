import { setImmediate } from 'node:timers/promises';
import { and, equals, everything, type Filter, not } from '../../shared/domain/filter.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import type { GatePort } from './gate-port.ts';
import type { TeachOptions } from './options.ts';
import type { PlannedQuestion } from './question.ts';

export interface Plan {
  readonly open: readonly PlannedQuestion[];
  readonly refusedByGate: number;
  /** How many questions each of the gate's reasons holds back. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Whether an example that may leave was asked about before. */
  readonly hasAnswers: boolean;
  /** Not repeated since an earlier process died in the middle of them. */
  readonly unknown: number;
}

const YIELD_EVERY = 200;

/**
 * The answers that are still missing: of examples without enough teacher labels, without those already asked of
 * this model. What the gate would refuse is counted here and its text never read.
 */
export async function planQuestions(
  store: Store,
  options: TeachOptions,
  gate: GatePort,
  signal: AbortSignal,
): Promise<Plan> {
  const { purpose, samples } = options;
  const asked = { purpose, provider: options.provider.id, model: options.model };
  const finished = store.requests.samples(asked, ['finished']);
  const unknown = store.requests.samples(asked, ['unknown']);
  const labelled = store.labels.countsBy('teacher');
  const url = options.provider.url(options.baseUrl);

  const open: PlannedQuestion[] = [];
  const reasons: Record<string, number> = {};
  let refusedByGate = 0;
  let unknownCount = 0;
  let hasAnswers = false;
  let candidates = 0;
  let seen = 0;
  for (const exampleId of store.examples.ids(candidateFilter(options))) {
    if (++seen % YIELD_EVERY === 0) {
      await setImmediate();
      throwIfCancelled(signal);
    }
    const missing = samples - (labelled.get(exampleId) ?? 0);
    const wanted: number[] = [];
    for (let sample = 0; sample < samples && wanted.length < missing; sample++) {
      if (finished.get(exampleId)?.has(sample)) continue;
      if (unknown.get(exampleId)?.has(sample) && !options.retryUnknown) unknownCount++;
      else wanted.push(sample);
    }
    if (wanted.length === 0) {
      hasAnswers ||= gate.block(exampleId, { purpose, url }) === undefined;
      continue;
    }
    if (options.limit !== undefined && candidates >= options.limit) break;
    candidates++;
    const reason = gate.block(exampleId, { purpose, url });
    if (reason === undefined)
      for (const sample of wanted) open.push({ exampleId, sample, variant: '' });
    else {
      refusedByGate += wanted.length;
      reasons[reason] = (reasons[reason] ?? 0) + wanted.length;
    }
  }
  return { open, refusedByGate, reasons, hasAnswers, unknown: unknownCount };
}

function candidateFilter({ where, purpose }: TeachOptions): Filter {
  const isHoldout = equals('split', 'holdout');
  return and(
    where ?? everything,
    not(equals('status', 'rejected')),
    purpose === 'measure' ? isHoldout : not(isHoldout),
  );
}
