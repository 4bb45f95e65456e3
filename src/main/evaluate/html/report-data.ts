import type { EvaluationReport, RiskPoint } from '../../../shared/contract/evaluate.ts';
import type { Estimate } from '../../../shared/domain/metrics.ts';

/** All that the printed report says, as plain data; parts that were not run are left out. */
export interface ReportData {
  readonly title: string;
  readonly project: string;
  /** Written as it stands, such as "22 November 2026, 17:40". */
  readonly date: string;
  /** A sentence that must be read first, such as that the teacher's answers were recorded. */
  readonly notice?: string | undefined;
  readonly privacy?: PrivacyFacts | undefined;
  readonly sent?: SentFacts | undefined;
  readonly checks?: CheckFacts | undefined;
  readonly evaluation?: EvaluationReport | undefined;
  readonly route?: RouteFacts | undefined;
  readonly files: readonly { readonly title: string; readonly path: string }[];
  /** Units: seconds. */
  readonly steps?: readonly { readonly name: string; readonly seconds: number }[] | undefined;
}

export interface PrivacyFacts {
  readonly total: number;
  readonly private: number;
  readonly permitted: number;
  readonly redacted: number;
}

export interface SentFacts {
  readonly destinations: readonly {
    readonly host: string;
    readonly isLoopback: boolean;
    readonly model: string;
    readonly purpose: string;
    readonly records: number;
    readonly requests: number;
    readonly bytes: number;
    readonly costUsd: number;
  }[];
  readonly ledgerEntries: number;
  readonly isLedgerIntact: boolean;
}

export interface CheckFacts {
  readonly findings: readonly { readonly title: string; readonly flagged: number }[];
  readonly gates: readonly {
    readonly id: string;
    readonly status: 'pass' | 'warn' | 'fail';
    readonly message: string;
  }[];
}

export interface RouteFacts {
  readonly threshold: number | null;
  readonly coverage: number;
  readonly coverageInterval: Estimate;
  readonly errorUpperBound: number;
  readonly maxError: number;
  readonly accepted: number;
  readonly errors: number;
  readonly calibrationRows: number;
  readonly riskCoverage: readonly RiskPoint[];
  readonly savings: { readonly usdPer1000: number; readonly formula: string };
  readonly words: string;
  readonly warnings: readonly string[];
}
