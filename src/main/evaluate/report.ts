import type { Consent, Split } from '../../shared/domain/example.ts';
import type { Estimate, Metrics } from '../../shared/domain/metrics.ts';
import type { McNemar } from '../lib/statistics/mcnemar.ts';
import type { ReliabilityBin } from '../lib/statistics/reliability.ts';
import type { RiskPoint } from '../lib/statistics/risk-coverage.ts';
import type { GoldAuthor } from '../store/gold.ts';
import type { ClassFigures, ConfusedPair } from './confusion.ts';
import type { Slice } from './slices.ts';
import type { Speed } from './speed.ts';

export interface WorstError {
  readonly id: string;
  readonly text: string;
  readonly consent: Consent;
  readonly gold: string;
  readonly predicted: string;
  readonly confidence: number;
}

/** Two answerers on the same rows; the difference is first minus second, in shares of right answers. */
export interface Comparison {
  readonly difference: Estimate;
  readonly mcnemar: McNemar;
}

export interface TeacherComparison extends Comparison {
  readonly split: Split;
  readonly n: number;
  /** Rows of the split, with a teacher's answer or without. */
  readonly of: number;
  /** The student on the same rows. */
  readonly student: Metrics;
}

/** All that one evaluation found. Units: shares in [0, 1], dollars. */
export interface EvaluationReport {
  readonly studentId: string;
  readonly split: Split;
  readonly n: number;
  readonly goldAuthor: GoldAuthor;
  readonly sealed: boolean;
  readonly looks: number;
  readonly metrics: Metrics;
  readonly baselines: { readonly majority?: Metrics; readonly knn?: Metrics };
  readonly teacher?: Metrics;
  readonly teacherComparison?: TeacherComparison;
  readonly previous?: Comparison & { readonly studentId: string };
  readonly classes: readonly ClassFigures[];
  readonly confusion: readonly ConfusedPair[];
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
