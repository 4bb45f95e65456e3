import type { Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Input, Prediction } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { dealFolds } from '../folds.ts';
import { withStage } from '../with-stage.ts';
import { createAssembler } from './assemble.ts';
import { crf } from './crf/crf.ts';
import { toEvidence } from './evidence.ts';
import { learnRows } from './learn.ts';
import { applyConfidence, fitWholeConfidence } from './whole-confidence.ts';

/** A text and the output it was given; rows of one group are never on both sides. */
export interface GivenRow {
  readonly input: Input;
  readonly output: Json;
  readonly group: string;
}

/**
 * What the quickest student reads in each row after it was trained without that row and its group, and how sure it is
 * to agree with whoever wrote the outputs. Shapes: result [N].
 */
export async function readOutOfFold(
  form: Form,
  rows: readonly GivenRow[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
  work: Work,
): Promise<Prediction[]> {
  const answered = rows.map((row, index) => ({
    ...row,
    exampleId: index,
    contentHash: '',
    filled: takeApart(form, row.output) ?? { frame: 0, values: [] },
    isHuman: false,
    weight: 1,
  }));
  const foldOf = dealFolds(
    answered.map(({ filled }) => filled.frame),
    rows.map(({ group }) => group),
    folds,
    seed,
  );
  const found: { index: number; evidence: ReturnType<typeof toEvidence>; read: Prediction }[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const inside = answered.filter((_, index) => foldOf[index] !== fold);
    const outside = answered.filter((_, index) => foldOf[index] === fold);
    if (inside.length === 0 || outside.length === 0) continue;
    const stage = withStage(
      work,
      `Reading part ${fold + 1} of ${folds} by a student of the others`,
    );
    const lesson = learnRows(form, inside);
    const parser = await crf.train(lesson.set, { seed: seed + fold, threads: 1 }, stage);
    const parses = await parser.parse(
      outside.map(({ input }) => input),
      stage,
    );
    const assemble = createAssembler({ ...lesson, confidence: { intercept: 0, weights: {} } });
    outside.forEach(({ exampleId, input }, i) => {
      const parse = parses[i]!;
      found.push({ index: exampleId, evidence: toEvidence(parse), read: assemble(parse, input) });
    });
  }
  const confidence = fitWholeConfidence(
    found.map(({ evidence }) => evidence),
    found.map(
      ({ index, read }) => canonicalJson(read.output) === canonicalJson(rows[index]!.output),
    ),
    seed,
  );
  const predictions: Prediction[] = [];
  for (const { index, read, evidence } of found)
    predictions[index] = {
      ...read,
      confidence: read.confidence === 0 ? 0 : applyConfidence(confidence, evidence),
    };
  return predictions;
}
