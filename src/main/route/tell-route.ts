import type { Estimate } from '../../shared/domain/metrics.ts';
import { percent } from '../lib/percent.ts';
import type { GoldAuthor } from '../store/gold.ts';
import {
  rowsWithoutError,
  type ThresholdChoice,
  type ThresholdTarget,
} from './choose-threshold.ts';

/** What the words are about: the target, and the calibration rows that judged it. */
export interface RouteFacts extends ThresholdTarget {
  readonly goldAuthor: GoldAuthor;
  readonly rows: number;
  /** Rows that only their confidence could keep back. */
  readonly free: number;
  /** When the target cannot be promised: the next usual one that can. */
  readonly provableTarget?: number | undefined;
  /** An answer counts as wrong when one of these is; any field when empty. */
  readonly criticalFields: readonly string[];
}

/** Targets that people ask for. */
export const usualTargets = [0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3] as const;

/** The outcome of routing in words, with its condition; only a person's answers allow the word "confident". */
export function tellRoute(
  choice: ThresholdChoice,
  coverage: Estimate,
  facts: RouteFacts,
): { words: string; warnings: string[] } {
  const warnings = [
    ...(facts.goldAuthor === 'human'
      ? []
      : [
          `The calibration rows were answered by ${facts.goldAuthor === 'teacher' ? 'the teacher' : 'the imported file'}, not by a person: errors that it shares with the student do not show. Review them with "review".`,
        ]),
    'The bound is over all answers together, not for each label.',
  ];
  return {
    words:
      choice.threshold === null
        ? tellImpossible(choice, facts)
        : tellChoice(choice, coverage, facts),
    warnings,
  };
}

function tellChoice(choice: ThresholdChoice, coverage: Estimate, facts: RouteFacts): string {
  const threshold = choice.threshold!;
  const share = `At ${threshold.toFixed(threshold > 0.999 ? 6 : 3)} the student answers ${percent(coverage.value)} of requests [${percent(coverage.low)} to ${percent(coverage.high)}].`;
  const where = facts.criticalFields.length === 0 ? '' : ` in ${facts.criticalFields.join(' or ')}`;
  const condition = `if new requests resemble the ${facts.rows} calibration records (there: ${choice.errors} wrong of ${choice.accepted})`;
  return facts.goldAuthor === 'human'
    ? `${share} We are ${percent(facts.confidence)} confident that at most ${percent(facts.maxError)} of its answers are wrong${where}, ${condition}.`
    : `${share} Judged by answers that no person has checked, at most ${percent(facts.maxError)} of its answers would be wrong${where} ${condition}; that is an estimate, not a promise.`;
}

function tellImpossible(choice: ThresholdChoice, facts: RouteFacts): string {
  if (facts.free < choice.neededRows) {
    const allowed = smallestTarget(facts);
    const alternative =
      allowed === undefined
        ? ''
        : `, or allow ${percent(allowed)} (needs ${rowsWithoutError({ ...facts, maxError: allowed })})`;
    return `${percent(facts.maxError)} cannot be promised: even without an error it takes ${choice.neededRows} answered calibration records; you have ${facts.free}. Add records${alternative}. Until then every request goes to the fallback.`;
  }
  const alternative =
    facts.provableTarget === undefined
      ? 'None of the usual targets up to 30 % is within reach'
      : `The smallest usual target that they support is ${percent(facts.provableTarget)}`;
  return `${percent(facts.maxError)} cannot be promised: on the ${facts.free} calibration records even the surest answers are wrong too often, or too few to tell. ${alternative}; a better student or more records lower it. Until then every request goes to the fallback.`;
}

/** The smallest round target that the rows at hand could prove without an error. */
function smallestTarget(facts: RouteFacts): number | undefined {
  return usualTargets.find(
    (maxError) =>
      maxError > facts.maxError && rowsWithoutError({ ...facts, maxError }) <= facts.free,
  );
}
