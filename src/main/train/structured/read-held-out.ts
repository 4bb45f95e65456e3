import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Prediction } from '../../../shared/domain/prediction.ts';
import { isFinishing, type Work } from '../../lib/work.ts';
import { outsideOf } from '../held-out-scores.ts';
import type { TrainOptions } from '../students/student.ts';
import { createAssembler } from './assemble.ts';
import { type Evidence, toEvidence } from './evidence.ts';
import type { AnsweredRow, OpenRow } from './gather-rows.ts';
import { type Lesson, learnRows, type Tables } from './learn.ts';
import { addReadRows } from './self-training.ts';
import type { StructuredStudent, TrainedParser } from './structured-student.ts';
import { applyConfidence, fitWholeConfidence, type WholeConfidence } from './whole-confidence.ts';

/** A student that was trained without some rows, and those rows. */
export interface HeldOutPart {
  readonly lesson: Lesson;
  readonly parser: TrainedParser;
  readonly rows: readonly AnsweredRow[];
  /** How many texts without an output it learned from. */
  readonly selfTrained: number;
}

export interface HeldOutOptions extends Omit<TrainOptions, 'checkpoint'> {
  readonly selfTraining?: {
    readonly unlabelled: readonly OpenRow[];
    /** The same parts without them. */
    readonly base: HeldOutReadings;
  };
}

/** Rows read by students that had not seen them, with a confidence that was fitted to how often they were right. */
export interface HeldOutReadings {
  /** Which rows, by index. Shapes: [M], as the three below. */
  readonly indices: readonly number[];
  readonly predictions: readonly Prediction[];
  /** Whether the whole output is that of the row. */
  readonly isRight: readonly boolean[];
  readonly confidence: WholeConfidence;
  readonly parts: readonly HeldOutPart[];
}

/**
 * Trains on what each part leaves, with texts without an output if asked, and reads the part; how values are written is
 * learnt anew each time, too. Asked to finish, it goes by the parts that it has.
 */
export async function readHeldOut(
  student: StructuredStudent,
  form: Form,
  rows: readonly AnsweredRow[],
  tables: Tables,
  plan: readonly (readonly number[])[],
  { selfTraining, ...options }: HeldOutOptions,
  work: Work,
): Promise<HeldOutReadings> {
  const groups = rows.map(({ group }) => group);
  const parts: HeldOutPart[] = [];
  const indices: number[] = [];
  const evidence: Evidence[] = [];
  const readings: Prediction[] = [];
  for (const [index, part] of plan.entries()) {
    if (parts.length > 0 && isFinishing(work)) break;
    const outside = new Set(part);
    const lesson = learnRows(
      form,
      rows.filter((_, row) => !outside.has(row)),
      tables,
    );
    const { set, added } = selfTraining
      ? await addReadRows(
          selfTraining.base.parts[index]!.parser,
          lesson,
          selfTraining.base.confidence,
          outsideOf(selfTraining.unlabelled, part, groups).map(({ input }) => input),
          work,
        )
      : { set: lesson.set, added: 0 };
    const parser = await student.train(set, options, work);
    const heldOut = part.map((row) => rows[row]!);
    const parses = await parser.parse(
      heldOut.map(({ input }) => input),
      work,
    );
    // The confidence comes later, from all parts together; until then it only tells holes, which have 0.
    const assemble = createAssembler({ ...lesson, confidence: { intercept: 0, weights: {} } });
    evidence.push(...parses.map(toEvidence));
    readings.push(...parses.map((parse, i) => assemble(parse, heldOut[i]!.input)));
    indices.push(...part);
    parts.push({ lesson, parser, rows: heldOut, selfTrained: added });
  }
  const isRight = readings.map(
    ({ output, missing = [] }, i) =>
      missing.length === 0 && canonicalJson(output) === canonicalJson(rows[indices[i]!]!.output),
  );
  const confidence = fitWholeConfidence(evidence, isRight, options.seed);
  const predictions = readings.map((reading, i) => ({
    ...reading,
    confidence: reading.confidence === 0 ? 0 : applyConfidence(confidence, evidence[i]!),
  }));
  return { indices, predictions, isRight, confidence, parts };
}
