import type { Input } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { createAssembler } from './assemble.ts';
import type { Lesson } from './learn.ts';
import type { Parser, StructuredRow, StructuredSet } from './structured-student.ts';
import type { WholeConfidence } from './whole-confidence.ts';

/** Chosen on validation rows of SNIPS with 1,000 rows labelled (docs/benchmarks.md). */
const SURE = 0.8;
const PSEUDO_WEIGHT = 0.3;

export interface ExtendedLesson {
  readonly set: StructuredSet;
  readonly added: number;
}

/** Adds the texts without an output that the student is sure to have read right as a whole, at a low weight. */
export async function addReadRows(
  parser: Parser,
  lesson: Lesson,
  confidence: WholeConfidence,
  inputs: readonly Input[],
  work: Work,
): Promise<ExtendedLesson> {
  const parses = await parser.parse(inputs, work);
  const assemble = createAssembler({ ...lesson, confidence });
  const added = parses.flatMap((parse, i): StructuredRow[] => {
    const input = inputs[i]!;
    if (assemble(parse, input).confidence < SURE) return [];
    return [
      {
        input,
        frame: parse.frame,
        spans: parse.spans.map(({ slot, start, end }) => ({ slot, start, end })),
        isTagged: true,
        choices: parse.choices.map(({ slot, chosen }) => ({ slot, chosen })),
        weight: PSEUDO_WEIGHT,
      },
    ];
  });
  const { plan, rows } = lesson.set;
  return { set: { plan, rows: [...rows, ...added] }, added: added.length };
}
