import type { Metrics } from '../../../shared/domain/metrics.ts';
import type { Scored } from '../scored.ts';
import { accuracy, exactMatch } from './accuracy.ts';
import { brier } from './brier.ts';
import { chrf } from './chrf.ts';
import { ece } from './ece.ts';
import { argumentF1, fieldF1 } from './field-f1.ts';
import { functionAccuracy } from './function-accuracy.ts';
import { macroF1 } from './macro-f1.ts';
import type { Metric } from './metric.ts';
import { nll } from './nll.ts';
import { noAnswerPrecision, noAnswerRecall, oosAuroc } from './no-answer.ts';
import { replyCoverage, replyGiven, replyRight } from './replies.ts';
import { factsInvented, factsKept } from './reply-facts.ts';
import { validJson } from './valid-json.ts';

/** Every metric, in the order in which reports show them. */
export const metrics: Readonly<Record<string, Metric>> = {
  accuracy,
  macroF1,
  replyRight,
  exactMatch,
  replyCoverage,
  replyGiven,
  factsInvented,
  factsKept,
  chrf,
  functionAccuracy,
  fieldF1,
  argumentF1,
  validJson,
  ece,
  nll,
  brier,
  oosAuroc,
  noAnswerPrecision,
  noAnswerRecall,
};

/** All metrics that suit the task and that the answers allow. */
export function measureAll(scored: Scored): Metrics {
  const found = Object.entries(metrics)
    .filter(([, metric]) => metric.kinds.includes(scored.task.kind))
    .map(([id, metric]) => [id, metric.measure(scored)] as const)
    .filter(([, estimate]) => estimate !== undefined);
  return Object.fromEntries(found) as Metrics; // undefined was filtered out
}
