import type { EvaluationReport } from '../../shared/contract/evaluate.ts';
import type { Split } from '../../shared/domain/example.ts';
import { and, equals, not } from '../../shared/domain/filter.ts';
import { canonicalJson } from '../../shared/domain/json.ts';
import { lackingLookups } from '../../shared/domain/lookup.ts';
import type { Input, Predictor } from '../../shared/domain/prediction.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { reliabilityBins } from '../lib/statistics/reliability.ts';
import { riskCoverage } from '../lib/statistics/risk-coverage.ts';
import type { Work } from '../lib/work.ts';
import type { Gold } from '../store/gold.ts';
import type { Store } from '../store/store.ts';
import { toInput } from '../store/to-input.ts';
import { answerAll, createMarking, type Marking, predictAll } from './answers.ts';
import { createMajority, createNeighbours } from './baselines/neighbours.ts';
import {
  compareWithPrevious,
  compareWithTeacher,
  type PreviousStudent,
  toScored,
} from './compare.ts';
import { classFigures, confusionPairs } from './confusion.ts';
import { fieldFigures } from './field-figures.ts';
import { toFunctions } from './functions.ts';
import { measureAll } from './metrics/index.ts';
import { isRight, type Scored } from './scored.ts';
import { sliceRows } from './slices.ts';
import { folderSizeBytes, measureSpeed } from './speed.ts';
import { warningsOf } from './warnings.ts';
import { worstErrors } from './worst-errors.ts';

export interface EvaluateOptions {
  readonly studentId: string;
  readonly studentFolder: string;
  readonly split: Exclude<Split, 'unassigned'>;
  /** The student before this one, for a test on the same rows. */
  readonly previous?: PreviousStudent | undefined;
}

/**
 * Measures a student on a split whose answers are known, beside a majority and a nearest-neighbour baseline, the
 * teacher and the student before; every figure with a 95 % interval. Counts as a look at the split.
 * @throws AppError `evaluate.data` when the split has no row with an answer, or the student learned from one of them
 */
export async function evaluate(
  store: Store,
  task: Task,
  options: EvaluateOptions,
  predictor: Predictor,
  work: Work,
): Promise<EvaluationReport> {
  const gold = store.gold.of(options.split);
  if (!gold) throw noRows(store, options.split);
  assertUnseen(store, options, gold);
  const marking = createMarking(task, predictor.replies);
  const inputs = gold.rows.map(({ example }) => toInput(example));

  const predictions = await predictAll(predictor, inputs, work, 'Student answers');
  const student = toScored(gold, predictions, predictor.classes, marking);
  const right = student.gold.map((_, row) => isRight(student, row));
  const confidence = predictions.map((prediction) => prediction.confidence);
  // What can be confused with one another: labels, or the functions that are called.
  const named =
    task.kind === 'classify' ? student : task.kind === 'tools' ? toFunctions(student) : undefined;
  const hasFields = task.kind === 'extract' || task.kind === 'tools';
  const baselines = await measureBaselines(store, student, inputs, marking, work);
  const comparison = await compareWithTeacher(store, gold, student, options.split, {
    predictor,
    marking,
    work,
  });
  // An earlier student may know rows that were dealt out since; a comparison with it would be unfair.
  const previous =
    options.previous && countSeen(store, options.previous.studentId, gold) === 0
      ? await compareWithPrevious(options.previous, gold, student, marking, work)
      : undefined;
  const speed = await measureSpeed(predictor, inputs, work);

  const isSealed = options.split !== 'holdout' || store.seals.current() !== undefined;
  const flagged = new Set(
    store.findings
      .each({ isFlagged: true })
      .filter((finding) => finding.resolution === null)
      .map((finding) => finding.exampleId),
  );
  const sourceNames = new Map(
    store.sources.list().map((source) => [source.id, source.fileName] as const),
  );
  const dataFingerprint = sha256(
    gold.rows.map((row) => `${row.example.contentHash} ${canonicalJson(row.gold)}`).join('\n'),
  );
  const looks = store.looks.count(options.split) + 1;
  const report: EvaluationReport = {
    studentId: options.studentId,
    split: options.split,
    n: gold.rows.length,
    goldAuthor: gold.author,
    sealed: isSealed,
    looks,
    metrics: measureAll(student),
    baselines,
    ...(comparison && { teacher: comparison.teacher, teacherComparison: comparison.figures }),
    ...(previous && { previous }),
    classes: named ? classFigures(named) : [],
    confusion: named ? confusionPairs(named) : [],
    ...(hasFields && { fields: fieldFigures(student) }),
    slices: sliceRows(gold.rows, right, {
      flagged,
      sourceNames,
      hasLabels: task.kind === 'classify',
    }),
    worstErrors: worstErrors(gold.rows, student, predictions),
    reliability: reliabilityBins(confidence, right),
    riskCoverage: riskCoverage(confidence, right),
    speed,
    sizeBytes: folderSizeBytes(options.studentFolder),
    cost: { studentUsdPer1000: 0, teacherUsdPer1000: teacherUsdPer1000(store) },
    dataFingerprint,
    warnings: warningsOf({
      gold,
      isSealed,
      split: options.split,
      looks,
      lacking: lackingLookups(predictor.lookups ?? [], store.lookups.list()),
    }),
  };
  store.transaction(() => {
    store.looks.add({ split: options.split, studentId: options.studentId, purpose: 'evaluate' });
    store.evaluations.add({
      studentId: options.studentId,
      split: options.split,
      dataFingerprint,
      reportJson: JSON.stringify(report),
    });
  });
  return report;
}

/** A student that was trained before the rows were dealt out knows them: its figures would mean nothing. */
function assertUnseen(store: Store, { studentId, split }: EvaluateOptions, gold: Gold): void {
  if (split === 'train') return;
  const seen = countSeen(store, studentId, gold);
  if (seen > 0)
    throw new AppError(
      'evaluate.data',
      `Student ${studentId} learned from ${seen} of the ${gold.rows.length} ${split} rows, so measuring it on them would flatter it. They were dealt out after it was trained: train again, then evaluate. Nothing was measured.`,
      { details: { studentId, split, rows: gold.rows.length, seen } },
    );
}

function countSeen(store: Store, studentId: string, gold: Gold): number {
  const exampleIds = gold.rows.map((row) => row.example.id);
  return store.artifacts.countIn({ kind: 'student', id: studentId }, exampleIds);
}

async function measureBaselines(
  store: Store,
  student: Scored,
  inputs: readonly Input[],
  marking: Marking,
  work: Work,
): Promise<EvaluationReport['baselines']> {
  const known = store.examples
    .list(and(equals('split', 'train', 'unassigned'), not(equals('status', 'rejected'))))
    .filter(
      ({ label, origin, status }) => label?.isValid && (origin === 'real' || status === 'approved'),
    );
  const isSplit = known.some((example) => example.split === 'train');
  const train = isSplit ? known.filter((example) => example.split === 'train') : known;
  if (train.length === 0) return {};
  const keys = train.map((example) => canonicalJson(example.label!.output));
  const texts = inputs.map(joinText);
  const measure = async (baseline: ReturnType<typeof createMajority>) =>
    measureAll({
      ...student,
      answers: await answerAll(baseline, texts, { inputs, gold: student.gold }, marking, work),
    });
  return {
    majority: await measure(createMajority(keys)),
    knn: await measure(createNeighbours(train.map(joinText), keys)),
  };
}

function joinText({ text, context }: { text: string; context?: string | null }): string {
  return context ? `${context}\n${text}` : text;
}

function teacherUsdPer1000(store: Store): number | null {
  const cost = store.requests.cost();
  return cost ? (cost.totalUsd / cost.examples) * 1_000 : null;
}

function noRows(store: Store, split: Split): AppError {
  const rows = store.examples.count(equals('split', split));
  const remedy =
    split === 'holdout'
      ? 'Make one with "split --holdout 0.2" and review it, or import reviewed rows with "--split holdout --reviewed-by NAME".'
      : `Make one with "split --${split === 'train' ? 'holdout' : split} 0.2", or import rows with "--split ${split}".`;
  return new AppError(
    'evaluate.data',
    rows === 0
      ? `There are no ${split} rows to measure on. ${remedy}`
      : `None of the ${rows} ${split} rows has a right answer to measure against. Review them with "review", or import answers.`,
    { details: { split, rows } },
  );
}
