import { z } from 'zod';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

/** A request exactly as it would leave. */
export interface PreviewedRequest {
  readonly id: string;
  readonly method: 'POST';
  readonly url: string;
  /** With the key masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly redactions: number;
}

export interface TeachPreview {
  readonly requests: readonly PreviewedRequest[];
  /** Questions in all; those that may leave are `requested - refusedByGate`. */
  readonly requested: number;
  readonly refusedByGate: number;
  /** Of the records that would leave, those flagged as prompt injection; absent where the question is not about a record's label. */
  readonly suspicious?: number;
  readonly host: string;
  readonly isLoopback: boolean;
  /** Requests whose answer never came; they may have been charged. */
  readonly unknown: number;
  /** From the previewed requests and the price; null when nobody knows the price. */
  readonly estimate: {
    readonly lowUsd: number;
    readonly highUsd: number;
    readonly isAssumed: boolean;
  } | null;
  readonly estimatedBytes: number;
}

/** What a run of teaching did. `requested` = `sent` + `refusedByGate` + `notSent` + `unknown` of before. */
export interface TeachOutcome {
  readonly requested: number;
  readonly sent: number;
  readonly accepted: number;
  /** Answers that hold no usable output, refusals among them. */
  readonly malformed: number;
  readonly refusals: number;
  /** Malformed answers that ended where the limit of tokens was. */
  readonly cutOff: number;
  readonly refusedByGate: number;
  readonly failed: number;
  /** Answers that may have been charged and never came; not repeated unless asked. */
  readonly unknown: number;
  readonly notSent: number;
  readonly repaired: number;
  readonly redactions: number;
  readonly tries: number;
  readonly bytes: number;
  readonly costUsd: number;
  readonly priceAssumed: boolean;
  readonly capReached: boolean;
  readonly refusalReasons: Readonly<Record<string, number>>;
  /** Why the last question that failed did. */
  readonly lastError: string | null;
}

export interface ProviderLine {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly defaultBaseUrl: string;
}

/** Whom to ask and within which limits, whatever the questions are. */
export const teacherFields = {
  provider: z.string().default('openai-compatible'),
  /** Left out, the provider's own. */
  baseUrl: z.string().optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxOutputTokens: z.int().min(1).default(512),
  concurrency: z.int().min(1).max(32).default(4),
  maxCostUsd: z.number().positive().optional(),
  /** US dollars for a million tokens. */
  price: z
    .strictObject({
      inputUsdPerMillion: z.number().min(0),
      outputUsdPerMillion: z.number().min(0),
    })
    .optional(),
  /** Typed by the person for this call only, where no key is kept. */
  apiKey: z.string().min(1).optional(),
  /** A key kept with `desktop.saveKey`: the main process puts it in, so that no window ever holds it. */
  keyName: z.string().min(1).optional(),
};

const request = z.strictObject({
  ...teacherFields,
  model: z.string().trim().min(1),
  purpose: z.enum(['label', 'measure']).default('label'),
  samples: z.int().min(1).max(20).default(1),
  /** In the language of `parseFilter`; empty for all. */
  filter: z.string().max(10_000).default(''),
  limit: z.int().min(1).optional(),
  /** Asks again what may have been charged when a run died. */
  retryUnknown: z.boolean().default(false),
});

export const teachMethods = {
  'teach.providers': method<readonly ProviderLine[]>()(z.strictObject({})),
  /** Builds the first requests and sends nothing. */
  'teach.preview': method<TeachPreview>()(
    request.extend({ count: z.int().min(1).max(50).default(10) }),
  ),
  'teach.run': method<JobStarted>()(request),
  /** Reads replies from a file, `{"id", "raw"}` a line or a provider's batch results; nothing is sent. */
  'teach.replies': method<JobStarted>()(z.strictObject({ path: z.string().min(1) })),
  /** Starts the sample's recorded teacher on this computer; only in a sample project. */
  'teach.recorded': method<{
    readonly isRunning: boolean;
    readonly baseUrl: string | null;
    readonly model: string;
  }>()(z.strictObject({ action: z.enum(['start', 'stop', 'state']) })),
};
