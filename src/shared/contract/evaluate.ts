import { z } from 'zod';
import type { Consent, Split } from '../domain/example.ts';
import type { Json } from '../domain/json.ts';
import type { Estimate, Metrics } from '../domain/metrics.ts';
import type { FieldReading } from '../domain/prediction.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

export interface WorstError {
  readonly id: string;
  readonly text: string;
  readonly consent: Consent;
  readonly gold: string;
  readonly predicted: string;
  /** Both answers where they have fields, and what the student read of them. */
  readonly outputs?: { readonly gold: Json; readonly predicted: Json };
  readonly fields?: readonly FieldReading[];
  /** Fields that must have a value and that the text did not give to the student, by name. */
  readonly missing?: readonly string[];
  /** Both answers are replies, to be compared word by word; the student's is empty where it gave none. */
  readonly isReply?: true;
  readonly confidence: number;
}

/** Two answerers on the same rows; the difference is first minus second, in shares of right answers. */
export interface Comparison {
  readonly difference: Estimate;
  readonly mcnemar: McNemar;
}

export interface McNemar {
  /** Rows that only the first got right, and only the second. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided exact p-value of "both are right equally often". */
  readonly pValue: number;
}

export interface TeacherComparison extends Comparison {
  readonly split: Split;
  readonly n: number;
  /** Rows of the split, with a teacher's answer or without. */
  readonly of: number;
  /** The student on the same rows. */
  readonly student: Metrics;
}

export interface ConfusedPair {
  readonly given: string;
  readonly answered: string;
  readonly n: number;
  /** Of the rows of the given label. */
  readonly share: number;
}

export interface ClassFigures {
  readonly label: string;
  readonly n: number;
  readonly precision: Estimate | null;
  readonly recall: Estimate | null;
  readonly f1: number;
}

/** How one field of the answers fares; a value counts as right when the right answer has it in this field. */
export interface FieldFigures {
  /** The slot's name in the form. */
  readonly name: string;
  /** Values in the right answers, in the student's, and in both. */
  readonly given: number;
  readonly answered: number;
  readonly right: number;
  readonly precision: Estimate | null;
  readonly recall: Estimate | null;
  readonly f1: number;
}

/** A part of the evaluated rows, with the share answered right. */
export interface Slice {
  readonly by: 'origin' | 'length' | 'label' | 'flagged' | 'source';
  readonly name: string;
  readonly n: number;
  readonly accuracy: Estimate;
  /** Below 30 rows an interval says little. */
  readonly isSmall: boolean;
}

/** The ends of a 95 % interval; a report from before they were kept has none. */
interface Interval {
  readonly low?: number;
  readonly high?: number;
}

export interface ReliabilityBin extends Interval {
  readonly n: number;
  readonly confidence: number;
  readonly accuracy: number;
}

export interface RiskPoint extends Interval {
  /** Share of requests answered when only answers at least this sure are given. */
  readonly coverage: number;
  readonly threshold: number;
  /** Share of wrong answers among those. */
  readonly risk: number;
}

export interface Speed {
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Rows a second, many at a time. */
  readonly batchPerSecond: number;
}

/** All that one evaluation found. Units: shares in [0, 1], dollars. */
export interface EvaluationReport {
  readonly studentId: string;
  readonly split: Split;
  readonly n: number;
  readonly goldAuthor: 'human' | 'imported' | 'teacher';
  readonly sealed: boolean;
  readonly looks: number;
  readonly metrics: Metrics;
  readonly baselines: { readonly majority?: Metrics; readonly knn?: Metrics };
  readonly teacher?: Metrics;
  readonly teacherComparison?: TeacherComparison;
  readonly previous?: Comparison & { readonly studentId: string };
  readonly classes: readonly ClassFigures[];
  readonly confusion: readonly ConfusedPair[];
  /** Of answers with fields, in the form's order; only fields that occur. */
  readonly fields?: readonly FieldFigures[];
  readonly slices: readonly Slice[];
  readonly worstErrors: readonly WorstError[];
  readonly reliability: readonly ReliabilityBin[];
  readonly riskCoverage: readonly RiskPoint[];
  readonly speed: Speed;
  readonly sizeBytes: number;
  readonly cost: { readonly studentUsdPer1000: number; readonly teacherUsdPer1000: number | null };
  readonly dataFingerprint: string;
  readonly warnings: readonly string[];
}

export interface StoredEvaluation {
  readonly report: EvaluationReport;
  readonly createdAtMs: number;
  /** Titles of the metrics, by id. */
  readonly titles: Readonly<Record<string, string>>;
  /** The data have changed since. */
  readonly isStale: boolean;
}

/** One student beside the others on the same split; null where it was not measured there. */
export interface ComparedStudent {
  readonly studentId: string;
  readonly kind: string;
  readonly createdAtMs: number;
  readonly validation: Metrics;
  readonly measured: {
    readonly metrics: Metrics;
    readonly n: number;
    readonly sizeBytes: number;
    readonly p50Ms: number;
  } | null;
}

const studentId = z.string().optional();
const measuredSplit = z.enum(['holdout', 'calibration', 'train']);

export const evaluateMethods = {
  /** The newest student when left out; counts as a look at the split. */
  'evaluate.run': method<JobStarted>()(
    z.strictObject({ studentId, split: measuredSplit.default('holdout') }),
  ),
  /** Null when the student (the newest when left out) was not measured yet. Not a look. */
  'evaluate.latest': method<{ readonly evaluation: StoredEvaluation | null }>()(
    z.strictObject({ studentId, split: measuredSplit.optional() }),
  ),
  'evaluate.compare': method<readonly ComparedStudent[]>()(
    z.strictObject({ split: measuredSplit.default('holdout') }),
  ),
  /** Writes the whole report as one HTML file. */
  'evaluate.save': method<{ readonly path: string }>()(
    z.strictObject({ path: z.string().min(1), studentId }),
  ),
};
