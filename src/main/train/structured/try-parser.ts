import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Metrics } from '../../../shared/domain/metrics.ts';
import type { Work } from '../../lib/work.ts';
import type { Measure } from '../choose-student.ts';
import type { TrainOptions } from '../students/student.ts';
import { createAssembler } from './assemble.ts';
import { toEvidence } from './evidence.ts';
import type { AnsweredRow } from './gather-rows.ts';
import { type Lesson, learnRows } from './learn.ts';
import type { StructuredStudent, TrainedParser } from './structured-student.ts';
import { applyConfidence, fitWholeConfidence, type WholeConfidence } from './whole-confidence.ts';

/** A student that was trained without some rows, and those rows. */
export interface HeldOutPart {
  readonly lesson: Lesson;
  readonly parser: TrainedParser;
  readonly rows: readonly AnsweredRow[];
}

/** What one kind of student reached on rows held out of its training. */
export interface ParserTrial {
  readonly student: StructuredStudent;
  readonly validation: Metrics;
  /** Outputs that were right as a whole. */
  readonly right: number;
  readonly confidence: WholeConfidence;
  readonly heldOutRows: number;
  readonly parts: readonly HeldOutPart[];
}

export interface ParserTrialOptions extends Omit<TrainOptions, 'checkpoint'> {
  readonly measure: Measure;
}

/** Trains on what each part leaves and reads the part; how values are written is learnt anew each time, too. */
export async function tryParser(
  student: StructuredStudent,
  form: Form,
  rows: readonly AnsweredRow[],
  plan: readonly (readonly number[])[],
  { measure, ...options }: ParserTrialOptions,
  work: Work,
): Promise<ParserTrial> {
  const parts: HeldOutPart[] = [];
  const found: { row: AnsweredRow; evidence: ReturnType<typeof toEvidence>; read: Read }[] = [];
  for (const part of plan) {
    const outside = new Set(part);
    const lesson = learnRows(
      form,
      rows.filter((_, index) => !outside.has(index)),
    );
    const parser = await student.train(lesson.set, options, work);
    const heldOut = part.map((index) => rows[index]!);
    const parses = await parser.parse(
      heldOut.map(({ input }) => input),
      work,
    );
    const assemble = createAssembler({ ...lesson, confidence: { intercept: 0, weights: {} } });
    heldOut.forEach((row, i) => {
      const parse = parses[i]!;
      found.push({ row, evidence: toEvidence(parse), read: assemble(parse, row.input) });
    });
    parts.push({ lesson, parser, rows: heldOut });
  }
  const isRight = found.map(
    ({ row, read }) => canonicalJson(read.output) === canonicalJson(row.output),
  );
  const confidence = fitWholeConfidence(
    found.map(({ evidence }) => evidence),
    isRight,
    options.seed,
  );
  const predictions = found.map(({ read, evidence }) => ({
    ...read,
    confidence: read.confidence === 0 ? 0 : applyConfidence(confidence, evidence),
  }));
  return {
    student,
    validation:
      found.length === 0
        ? {}
        : measure(
            found.map(({ row }) => row.output),
            predictions,
            [],
          ),
    right: isRight.filter(Boolean).length,
    confidence,
    heldOutRows: found.length,
    parts,
  };
}

type Read = ReturnType<ReturnType<typeof createAssembler>>;
