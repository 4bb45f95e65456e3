import { setImmediate } from 'node:timers/promises';
import type { LabelRoute, RouteOutcome, Savings } from '../../shared/contract/route.ts';
import { equals } from '../../shared/domain/filter.ts';
import { createAgreement } from '../../shared/domain/form/agree.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import type { Prediction, Predictor } from '../../shared/domain/prediction.ts';
import { NO_REPLY } from '../../shared/domain/reply.ts';
import { abstention, answerName, type Fallback, type Router } from '../../shared/domain/router.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError, throwIfCancelled } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import { quantile } from '../lib/statistics/bootstrap.ts';
import { riskCoverage } from '../lib/statistics/risk-coverage.ts';
import { wilson } from '../lib/statistics/wilson.ts';
import type { Work } from '../lib/work.ts';
import type { Gold } from '../store/gold.ts';
import type { Store } from '../store/store.ts';
import { toInput } from '../store/to-input.ts';
import { createReplyJudge, type ReplyJudge } from '../values/replies/judge-replies.ts';
import { chooseThreshold, type ThresholdChoice, type ThresholdTarget } from './choose-threshold.ts';
import { tellRoute, usualTargets } from './tell-route.ts';

export interface RouteOptions extends ThresholdTarget {
  readonly studentId: string;
  readonly fallback: Fallback;
  /** Of outputs with fields: an answer is right when these are; all of them when empty. */
  readonly criticalFields?: readonly string[];
}

/** Share of calibration inputs, the strangest, that go to the fallback whatever the confidence. */
const STRANGE_SHARE = 0.005;
const BATCH = 128;

/**
 * Chooses from the calibration split alone which answers a student may give by itself, so that the bound on their
 * error stays below the target. High-stakes, invalid and strange answers are kept back, and the rule as a whole is
 * what is tested. Also keeps the policy in the store; writing `router.json` is the caller's.
 * @throws AppError `route.data` when no calibration row has an answer, or the student learned from one of them
 */
export async function route(
  store: Store,
  task: Task,
  options: RouteOptions,
  predictor: Predictor,
  work: Work,
): Promise<RouteOutcome> {
  const gold = store.gold.of('calibration');
  if (!gold) throw noRows(store);
  assertUnseen(store, options.studentId, gold);
  const predictions = await predictRows(gold, predictor, work);
  const validate = createOutputValidator(task);
  const criticalFields = options.criticalFields ?? [];
  const agree = createAgreement(task, criticalFields);
  const judge = task.kind === 'rewrite' ? createReplyJudge(predictor.replies ?? []) : undefined;
  const abstainLabels = task.highStakes ?? [];
  const maxOutlierScore = strangest(predictions);
  const rows = predictions.map((prediction, row) => ({
    row,
    prediction,
    isRight: judge
      ? judgeReply(judge, prediction, gold.rows[row]!)
      : agree(prediction.output, gold.rows[row]!.gold),
    keptBack: abstention(prediction, validate(prediction.output).length === 0, {
      abstainLabels,
      maxOutlierScore,
    }),
  }));
  const free = rows.filter((row) => row.keptBack === undefined);
  const chooseFor = (maxError: number) =>
    chooseThreshold(
      free.map((row) => row.prediction.confidence),
      free.map((row) => row.isRight),
      { maxError, confidence: options.confidence },
    );
  const choice = chooseFor(options.maxError);
  const coverage = wilson(choice.accepted, gold.rows.length);
  const router: Router = {
    formatVersion: 1,
    threshold: choice.threshold,
    abstainLabels,
    maxOutlierScore,
    fallback: options.fallback,
    maxError: options.maxError,
    confidence: options.confidence,
    coverage: coverage.value,
    errorUpperBound: choice.errorUpperBound,
    calibrationRows: gold.rows.length,
    criticalFields: [...criticalFields],
    goldAuthor: gold.author,
    dataFingerprint: sha256(
      gold.rows.map((row) => `${row.example.contentHash} ${canonicalJson(row.gold)}`).join('\n'),
    ),
  };
  store.routes.add({
    studentId: options.studentId,
    dataFingerprint: router.dataFingerprint,
    policy: router,
  });
  return {
    studentId: options.studentId,
    threshold: choice.threshold,
    coverage: coverage.value,
    coverageInterval: coverage,
    errorUpperBound: choice.errorUpperBound,
    confidence: options.confidence,
    maxError: options.maxError,
    savings: savingsOf(store, coverage.value),
    accepted: choice.accepted,
    errors: choice.errors,
    calibrationRows: gold.rows.length,
    goldAuthor: gold.author,
    neededRows: choice.neededRows,
    abstained: countBy(rows.flatMap(({ keptBack }) => keptBack ?? [])),
    labels: labelRoutes(rows, choice),
    riskCoverage: riskCoverage(
      free.map((row) => row.prediction.confidence),
      free.map((row) => row.isRight),
    ).map((point) => ({ ...point, coverage: (point.coverage * free.length) / rows.length })),
    router,
    ...tellRoute(choice, coverage, {
      ...options,
      criticalFields,
      goldAuthor: gold.author,
      rows: gold.rows.length,
      free: free.length,
      provableTarget:
        choice.threshold === null
          ? usualTargets.find(
              (maxError) => maxError > options.maxError && chooseFor(maxError).threshold !== null,
            )
          : undefined,
    }),
  };
}

/** Whether a reply says what the right one says; one that is not whole says nothing. */
function judgeReply(
  { isRight }: ReplyJudge,
  { output, missing = [] }: Prediction,
  { example, gold }: Gold['rows'][number],
): boolean {
  return isRight(toInput(example), missing.length > 0 ? NO_REPLY : String(output), String(gold));
}

/** On rows that it learned from, a student is right and sure; a bound from them would promise what does not hold. */
function assertUnseen(store: Store, studentId: string, gold: Gold): void {
  const exampleIds = gold.rows.map((row) => row.example.id);
  const seen = store.artifacts.countIn({ kind: 'student', id: studentId }, exampleIds);
  if (seen > 0)
    throw new AppError(
      'route.data',
      `Student ${studentId} learned from ${seen} of the ${exampleIds.length} calibration rows, so no bound on its errors can be told from them. They were dealt out after it was trained: train again, then route. No threshold was chosen.`,
      { details: { studentId, rows: exampleIds.length, seen } },
    );
}

async function predictRows(gold: Gold, predictor: Predictor, work: Work): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let start = 0; start < gold.rows.length; start += BATCH) {
    throwIfCancelled(work.signal);
    const inputs = gold.rows.slice(start, start + BATCH).map(({ example }) => toInput(example));
    predictions.push(...(await predictor.predict(inputs)));
    work.report({
      done: predictions.length,
      total: gold.rows.length,
      message: 'Student answers the calibration rows',
    });
    await setImmediate();
  }
  return predictions;
}

/** Looks at the inputs only, not at which answers are right, so the tests stay honest. */
function strangest(predictions: readonly Prediction[]): number | null {
  const scores = predictions.flatMap(({ outlierScore }) => outlierScore ?? []);
  return scores.length === 0 ? null : quantile(Float64Array.from(scores).sort(), 1 - STRANGE_SHARE);
}

interface RoutedRow {
  readonly row: number;
  readonly prediction: Prediction;
  readonly isRight: boolean;
  readonly keptBack: string | undefined;
}

/** By the answer that the student gives: the promise holds over all of them, not for each. */
function labelRoutes(rows: readonly RoutedRow[], { threshold }: ThresholdChoice): LabelRoute[] {
  const names = rows.map(({ prediction }) => answerName(prediction));
  if (names.includes(undefined)) return [];
  const byLabel = Map.groupBy(rows, (_, i) => names[i]!);
  return [...byLabel]
    .map(([label, group]) => {
      const accepted = group.filter(
        ({ keptBack, prediction }) =>
          keptBack === undefined && threshold !== null && prediction.confidence >= threshold,
      );
      return {
        label,
        n: group.length,
        accepted: accepted.length,
        errors: accepted.filter((row) => !row.isRight).length,
      };
    })
    .sort((a, b) => b.n - a.n);
}

function savingsOf(store: Store, coverage: number): Savings {
  const cost = store.requests.cost();
  if (!cost)
    return {
      usdPer1000: 0,
      teacherUsdPer1000: null,
      formula: 'No prices are known: no request to a teacher in this project has a settled cost.',
    };
  const teacherUsdPer1000 = (cost.totalUsd / cost.examples) * 1_000;
  const usdPer1000 = coverage * teacherUsdPer1000;
  return {
    usdPer1000,
    teacherUsdPer1000,
    formula: `${(coverage * 100).toFixed(1)} % answered by the student × $${teacherUsdPer1000.toFixed(4)} per 1,000 requests to the teacher (mean of ${cost.examples.toLocaleString('en-GB')} settled ones) = $${usdPer1000.toFixed(4)}`,
  };
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function noRows(store: Store): AppError {
  const rows = store.examples.count(equals('split', 'calibration'));
  return new AppError(
    'route.data',
    rows === 0
      ? 'There are no calibration rows to choose a threshold on. Make them with "split --calibration 0.15" before training, or import some with "--split calibration".'
      : `None of the ${rows} calibration rows has a right answer. Review them with "review", or import their answers.`,
    { details: { rows } },
  );
}
