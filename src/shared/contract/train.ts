import { z } from 'zod';
import type { Metrics } from '../domain/metrics.ts';
import { providers } from '../domain/provider.ts';
import type { ReplyTemplate } from '../domain/reply.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

/** What a training ended with. */
export interface TrainOutcome {
  readonly studentId: string;
  readonly folder: string;
  readonly kind: string;
  /** On held-out rows, before the last training on all rows. */
  readonly validation: Metrics;
  readonly validationRows: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly compared: readonly { readonly kind: string; readonly validation: Metrics }[];
  /** What the kinds that were compared have left undone to be quick. */
  readonly shortcuts: readonly string[];
  readonly rows: number;
  /** Rows left out of training, and why. */
  readonly excluded: {
    /** Their group or their text is also in the holdout or the calibration split. */
    readonly heldOut: number;
    readonly rejected: number;
    /** Their label is not one of the task's, or does not fit its schema. */
    readonly invalid: number;
    /** Made by augmentation, and no person has approved them yet. */
    readonly unapproved: number;
  };
  readonly relabelled: number;
  readonly downWeighted: number;
  /** Rows without a label that took part by self-training; 0 when it did not help. */
  readonly selfTrained: number;
  /** Rows with a high-stakes label that no person has confirmed. */
  readonly unconfirmedHighStakes: number;
  /**
   * Present when a person ended it early: the student is the one that was measured, trained without the rows that
   * measured it, and ended after so many of its epochs; null when that one was trained to its end.
   */
  readonly endedEarly?: { readonly epoch: number; readonly epochs: number } | null;
  /** Of a student whose outputs have fields: how each of them is learnt. */
  readonly fields?: readonly FieldLearning[];
  /** Of a student that says replies: in which words. */
  readonly replies?: ReplyLearning;
}

/** What the replies of the training rows have in common. */
export interface ReplyLearning {
  readonly rows: number;
  /** Rows whose reply follows one of the types, each of its values in the row's text. */
  readonly following: number;
  /** Rows in the words of a type, with a value that the text does not give: it is not learnt. */
  readonly withUnknownValue: number;
  /** The one that the most rows follow first. */
  readonly types: readonly ReplyTypeLearnt[];
  /** Rows that follow none, by id: the first hundred. */
  readonly others: readonly string[];
}

export interface ReplyTypeLearnt extends ReplyTemplate {
  /** Rows that follow it, and those of them that a person wrote or approved. */
  readonly rows: number;
  readonly approvedRows: number;
  /** One of these rows. */
  readonly exampleId: string;
}

/** How a field of the output is learnt from the rows, and from how many. */
export interface FieldLearning {
  readonly name: string;
  /** A stretch of the text, one or several of known values, from a table, or not at all: then a person gives it. */
  readonly mode: 'span' | 'choice' | 'choices' | 'lookup' | 'unlearnable';
  /** Whether no output that has the field is whole without a value of it. */
  readonly isNeeded: boolean;
  /** The table that fills it, and the field that it is looked up by. */
  readonly lookup?: { readonly table: string; readonly by: string };
  /** Values in the training rows, and how many different ones. */
  readonly values: number;
  readonly distinct: number;
  /** How many stand in their text word for word, in another form, at an unclear place, or not at all. */
  readonly verbatim: number;
  readonly rewritten: number;
  readonly unclear: number;
  readonly absent: number;
}

/** A kind of student that can be trained here. */
export interface StudentKind {
  readonly id: string;
  readonly title: string;
  /** Whether an encoder of the user's can be taken for it. */
  readonly hasEncoder: boolean;
  /** Whether it is built on a causal language model of the user's, which must be given. */
  readonly needsBase: boolean;
}

export interface StudentLine {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly validation: Metrics;
  readonly trainedRows: number | null;
  readonly createdAtMs: number;
  readonly folder: string;
  /** The examples have changed since. */
  readonly isStale: boolean;
  readonly sizeBytes: number | null;
  /** Of a student whose outputs have fields, where its training is remembered. */
  readonly fields?: readonly FieldLearning[];
  /** Of a student of replies, where its training is remembered. */
  readonly replies?: ReplyLearning;
}

/** How a student that writes is trained, where that is not as usual. */
export const writerSettingsSchema = z
  .strictObject({
    /** Columns of the matrices that learn beside each of the model's. */
    rank: z.int().min(1).max(256),
    alpha: z.number().positive(),
    dropout: z.number().min(0).max(0.9),
    epochs: z.int().min(1).max(1_000),
    learningRate: z.number().positive().max(1),
    patienceEpochs: z.int().min(1).max(1_000),
  })
  .partial();

export const trainMethods = {
  'train.kinds': method<readonly StudentKind[]>()(z.strictObject({})),
  /** A kind's id, or `best`; the same seed gives the same model. */
  'train.run': method<JobStarted>()(
    z.strictObject({
      student: z.string().default('best'),
      seed: z.int().default(1),
      /** By itself, all cores but one. */
      threads: z.int().min(1).max(64).optional(),
      /** Anything but the processor is compared with it first. */
      provider: z.enum(providers).default('cpu'),
      /** Folder of an encoder in place of the bundled one, for a kind that is built on one. */
      encoderFolder: z.string().min(1).optional(),
      /** Folder of a causal language model, for a kind that writes. */
      baseFolder: z.string().min(1).optional(),
      writerSettings: writerSettingsSchema.optional(),
    }),
  ),
  /** The types of reply that a student would be trained on now. */
  'train.replyTypes': method<ReplyLearning>()(z.strictObject({})),
  /** A record's text and reply; null when it is gone. */
  'train.replyExample': method<{
    readonly example: { readonly text: string; readonly reply: string } | null;
  }>()(z.strictObject({ id: z.string() })),
  /** Newest first. */
  'train.students': method<readonly StudentLine[]>()(z.strictObject({})),
};
