import type { Purpose } from '../../shared/domain/example.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { Price } from './prices.ts';
import type { Provider } from './providers/provider.ts';

/** How to ask a teacher, whatever the questions are. */
export interface AskOptions {
  readonly provider: Provider;
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly purpose: Purpose;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly concurrency: number;
  readonly maxCostUsd: number | undefined;
  readonly price: Price | undefined;
  readonly maxTries: number;
  /** The first wait before a retry; it doubles from try to try. */
  readonly firstWaitMs: number;
  readonly timeoutMs: number;
}

/** How to ask a teacher for labels. */
export interface TeachOptions extends AskOptions {
  /** `measure` asks about the holdout, to know how good the teacher itself is. */
  readonly purpose: Extract<Purpose, 'label' | 'measure'>;
  /** Answers wanted of each example. */
  readonly samples: number;
  readonly where: Filter | undefined;
  readonly limit: number | undefined;
  /** Asks again what may have been charged when a process died in the middle of it. */
  readonly retryUnknown: boolean;
}

export const defaultTeachOptions = {
  purpose: 'label',
  samples: 1,
  maxOutputTokens: 512,
  concurrency: 4,
  maxTries: 6,
  firstWaitMs: 500,
  timeoutMs: 120_000,
  retryUnknown: false,
} as const;
