import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import type { Estimate } from '../domain/metrics.ts';
import type { FieldReading } from '../domain/prediction.ts';
import { fallbacks, type RouteDecision, type Router } from '../domain/router.ts';
import type { RiskPoint } from './evaluate.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

/** Money saved on 1,000 requests, and how it was found. Units: US dollars. */
export interface Savings {
  readonly usdPer1000: number;
  readonly teacherUsdPer1000: number | null;
  readonly formula: string;
}

export interface LabelRoute {
  readonly label: string;
  readonly n: number;
  readonly accepted: number;
  readonly errors: number;
}

/** What a choice of threshold came to. Units: shares in [0, 1]. */
export interface RouteOutcome {
  readonly studentId: string;
  /** Null when the target cannot be promised. */
  readonly threshold: number | null;
  /** Share of calibration rows that the student answers alone, and its 95 % interval. */
  readonly coverage: number;
  readonly coverageInterval: Estimate;
  readonly errorUpperBound: number;
  readonly confidence: number;
  readonly maxError: number;
  readonly savings: Savings;
  readonly accepted: number;
  readonly errors: number;
  readonly calibrationRows: number;
  readonly goldAuthor: 'human' | 'imported' | 'teacher';
  readonly neededRows: number;
  /** Rows kept back whatever their confidence, by reason. */
  readonly abstained: Readonly<Record<string, number>>;
  readonly labels: readonly LabelRoute[];
  readonly riskCoverage: readonly RiskPoint[];
  readonly router: Router;
  /** The result in words; says "confident" only when a person's answers prove it. */
  readonly words: string;
  readonly warnings: readonly string[];
}

/** One text answered by the student; it stays on this computer and is not kept. */
export interface TriedText {
  readonly studentId: string;
  readonly output: Json;
  readonly confidence: number;
  readonly route: RouteDecision['route'];
  readonly reason: RouteDecision['reason'];
  /** False when no threshold was chosen yet: all goes to a person. */
  readonly hasRouter: boolean;
  /** The likeliest first, at most five. */
  readonly alternatives: readonly { readonly output: string; readonly probability: number }[];
  /** Of an answer with fields: what was read, how sure, and where. */
  readonly fields?: readonly FieldReading[];
  /** Fields that must have a value and that the text does not give, by name. */
  readonly missing?: readonly string[];
  /** Of a reply, the name of its type. */
  readonly replyType?: string;
  readonly ms: number;
}

/** The loopback endpoint, as a real probe finds it. */
export interface EndpointState {
  readonly isOn: boolean;
  readonly url: string | null;
  readonly token: string | null;
  readonly studentId: string | null;
}

const studentId = z.string().optional();

export const routeMethods = {
  'route.run': method<JobStarted>()(
    z.strictObject({
      studentId,
      maxError: z.number().gt(0).lt(1),
      confidence: z.number().min(0.5).lt(1).default(0.95),
      fallback: z.enum(fallbacks).default('person'),
      /** Of outputs with fields, those that must be right; all when empty. */
      criticalFields: z.array(z.string()).default([]),
    }),
  ),
  'route.latest': method<{
    readonly route: RouteOutcome | null;
    readonly createdAtMs: number | null;
  }>()(z.strictObject({ studentId })),
  'route.try': method<TriedText>()(
    z.strictObject({
      studentId,
      text: z.string().min(1).max(100_000),
      context: z.string().nullable().default(null),
      /** The day that "tomorrow" counts from, `YYYY-MM-DD`. */
      referenceDate: z.iso.date().nullable().default(null),
    }),
  ),
  /** Off until switched on, for programs on this computer only, with a token. */
  'route.endpoint': method<EndpointState>()(
    z.strictObject({
      action: z.enum(['start', 'stop', 'state']),
      studentId,
      port: z.int().min(1).max(65_535).optional(),
    }),
  ),
};
