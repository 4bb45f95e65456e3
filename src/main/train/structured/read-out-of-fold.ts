import type { Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Input, Prediction } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { dealFolds } from '../folds.ts';
import { crf } from './crf/crf.ts';
import { keepGiven } from './keep-given.ts';
import type { Tables } from './learn.ts';
import { readHeldOut } from './read-held-out.ts';

/** A text and the output it was given; rows of one group are never on both sides. */
export interface GivenRow {
  readonly input: Input;
  readonly output: Json;
  readonly group: string;
}

/**
 * What the quickest student reads in each row after it was trained without that row and its group, and how sure it is
 * to agree with whoever wrote the outputs; undefined where all other rows are of its group. Fields that a table fills
 * are left as they were given. Shapes: result [N].
 */
export async function readOutOfFold(
  form: Form,
  rows: readonly GivenRow[],
  tables: Tables,
  { folds, seed }: { readonly folds: number; readonly seed: number },
  work: Work,
): Promise<(Prediction | undefined)[]> {
  const answered = rows.map((row, index) => ({
    ...row,
    given: row.output,
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
  const parts = Array.from({ length: folds }, (_, fold) =>
    Array.from(rows.keys()).filter((index) => foldOf[index] === fold),
  ).filter((part) => part.length > 0 && part.length < rows.length);
  const options = { seed, threads: 1 };
  const { indices, predictions } = await readHeldOut(
    crf,
    form,
    answered,
    tables,
    parts,
    options,
    work,
  );
  const byIndex = new Map(indices.map((index, i) => [index, predictions[i]]));
  const filled = new Set(tables.lookups.map(({ field }) => field));
  return rows.map(({ output }, index) => {
    const reading = byIndex.get(index);
    return reading && keepGiven(form, filled, output, reading);
  });
}
