import { z } from 'zod';
import type { Split } from '../domain/example.ts';
import type { Json } from '../domain/json.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';
import { type TeachPreview, teacherFields } from './teach.ts';

/** Why a draft was not taken. */
export const draftRefusals = [
  'invalid',
  'repeat',
  'repeat-held-out',
  'disagreement',
  'not-verified',
  'surplus',
] as const;
export type DraftRefusal = (typeof draftRefusals)[number];

/** A way to make new records, with what it has made so far. */
export interface RecipeLine {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  /** Made here, or asked of the teacher. */
  readonly maker: 'rules' | 'teacher';
  /** Why it does not suit this project; null when it does. */
  readonly problem: string | null;
  readonly drafts: number;
  readonly approved: number;
  readonly rejected: number;
}

/** What asking a teacher came to. Units: US dollars, bytes. */
export interface TeacherTally {
  readonly sent: number;
  readonly malformed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly bytes: number;
  readonly redactions: number;
  readonly costUsd: number;
  readonly capReached: boolean;
}

/** What became of one quota. `made` = `accepted` + all of `refused`. */
export interface QuotaOutcome {
  readonly strategy: string;
  readonly label: string | null;
  readonly requested: number;
  readonly made: number;
  readonly accepted: number;
  readonly refused: Readonly<Partial<Record<DraftRefusal, number>>>;
  /** Records that could have been a seed and may not leave. */
  readonly refusedByGate: number;
  /** Why nothing could be made, while other quotas went on. */
  readonly problem: string | null;
}

export interface AugmentOutcome extends TeacherTally {
  readonly accepted: number;
  readonly quotas: readonly QuotaOutcome[];
  /** Who judged the labels of the drafts: a student's id, or `neighbours`. */
  readonly judge: string;
  /** Of synthetic records among the labelled ones for training, drafts included. */
  readonly syntheticShare: number;
}

/** The record that a draft was made from. */
export interface DraftParent {
  readonly externalId: string;
  readonly text: string;
  readonly output: Json | null;
  readonly split: Split;
}

/** What a recipe would make; nothing of it is kept. */
export interface PreviewedDraftLine {
  readonly strategy: string;
  readonly parent: DraftParent;
  readonly text: string;
  readonly output: Json;
  readonly refusal: DraftRefusal | null;
}

export interface AugmentPlanPreview {
  readonly drafts: readonly PreviewedDraftLine[];
  /** The first requests exactly as they would leave; null when no recipe asks a teacher. */
  readonly teacher: TeachPreview | null;
  /** Why a quota can make nothing. */
  readonly problems: readonly { readonly strategy: string; readonly message: string }[];
}

/** A made record that waits for a person. */
export interface DraftLine {
  readonly key: number;
  readonly externalId: string;
  readonly strategy: string;
  readonly text: string;
  readonly context: string | null;
  readonly output: Json | null;
  readonly parent: DraftParent | null;
}

const plan = z.strictObject({
  ...teacherFields,
  /** Needed when a recipe asks a teacher. */
  model: z.string().trim().min(1).optional(),
  /** How many of which recipe, for one label or for any. */
  quotas: z
    .array(
      z.strictObject({
        strategy: z.string(),
        label: z.string().optional(),
        count: z.int().min(1).max(100_000),
      }),
    )
    .min(1)
    .max(1_000),
  seed: z.int().default(1),
  /** Largest share of synthetic records among those for training. */
  maxShare: z.number().min(0).lt(1).default(0.5),
  /** Asks the teacher about each of its drafts once more, without telling it the label. */
  verifies: z.boolean().default(false),
});

export const augmentMethods = {
  'augment.recipes': method<readonly RecipeLine[]>()(z.strictObject({})),
  /** Makes the first drafts and requests of a plan; keeps and sends nothing. */
  'augment.preview': method<AugmentPlanPreview>()(
    plan.extend({ count: z.int().min(1).max(50).default(3) }),
  ),
  /** Each quota that was met is kept as one step to undo. */
  'augment.run': method<JobStarted>()(plan),
  /** Oldest first; give the last key as `after` for the next page. */
  'augment.drafts': method<{
    readonly drafts: readonly DraftLine[];
    readonly next: number | null;
    readonly total: number;
  }>()(
    z.strictObject({
      strategy: z.string().optional(),
      after: z.int().nullable().default(null),
      limit: z.int().min(1).max(500).default(50),
    }),
  ),
};
