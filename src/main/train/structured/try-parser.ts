import type { Form } from '../../../shared/domain/form/form.ts';
import type { Metrics } from '../../../shared/domain/metrics.ts';
import type { EarlyEnd, Work } from '../../lib/work.ts';
import { withEarlyEnd } from '../early-end.ts';
import { type Kept, measureFirst } from '../kept.ts';
import type { Measure } from '../measure.ts';
import type { AnsweredRow } from './gather-rows.ts';
import type { Tables } from './learn.ts';
import { type HeldOutOptions, type HeldOutReadings, readHeldOut } from './read-held-out.ts';
import type { StructuredStudent } from './structured-student.ts';

/** What one kind of student reached on rows held out of its training. */
export interface ParserTrial {
  readonly student: StructuredStudent;
  readonly held: HeldOutReadings;
  readonly validation: Metrics;
  /** Outputs that were right as a whole. */
  readonly right: number;
  /** How many rows are held out. */
  readonly rows: number;
  /** How good the first of the parts is. */
  readonly kept: Kept;
  /** Whether texts without an output made it better. */
  readonly helpsToSelfTrain: boolean;
  /** Where the training of the one part ended, when it was asked to end early. */
  readonly endedEarly: EarlyEnd | undefined;
}

export interface ParserTrialOptions extends HeldOutOptions {
  readonly measure: Measure;
}

export async function tryParser(
  student: StructuredStudent,
  form: Form,
  rows: readonly AnsweredRow[],
  tables: Tables,
  plan: readonly (readonly number[])[],
  { measure, ...options }: ParserTrialOptions,
  work: Work,
): Promise<ParserTrial> {
  let endedEarly: EarlyEnd | undefined;
  const watched = withEarlyEnd(work, (at) => {
    endedEarly = at;
  });
  const held = await readHeldOut(student, form, rows, tables, plan, options, watched);
  // The confidence is fitted to the likeliest outputs; the figures shown go by the outputs as they stand.
  const gold = held.indices.map((index) => rows[index]!.given);
  const inputs = held.indices.map((index) => rows[index]!.input);
  const answered = { gold, predictions: held.predictions, inputs, classes: [] };
  const own = held.parts[0]?.rows.length ?? 0;
  const measureRows = (count: number) => measureFirst(count, answered, measure);
  const countRight = (isRight: readonly boolean[]) => isRight.filter(Boolean).length;
  return {
    student,
    validation: measureRows(gold.length),
    right: countRight(held.isRight),
    rows: gold.length,
    kept: {
      right: countRight(held.isRight.slice(0, own)),
      rows: own,
      measure: () => measureRows(own),
    },
    held,
    helpsToSelfTrain: options.selfTraining !== undefined,
    // Of several parts the first is kept, which was trained to its end.
    endedEarly: held.parts.length === 1 ? endedEarly : undefined,
  };
}
