import type { Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Input, Prediction } from '../../../shared/domain/prediction.ts';
import type { Work } from '../../lib/work.ts';
import { dealFolds } from '../folds.ts';
import { createAssembler } from './assemble.ts';
import { crf } from './crf/crf.ts';
import { keepGiven } from './keep-given.ts';
import type { Tables } from './learn.ts';
import { type HeldOutReadings, readHeldOut } from './read-held-out.ts';

/** A text and the output it was given; rows of one group are never on both sides. */
export interface GivenRow {
  readonly input: Input;
  readonly output: Json;
  readonly group: string;
  /** Kept for measuring: it is read, and nothing is learnt from it. */
  readonly isHeldOut?: boolean;
}

/**
 * What the quickest student reads in each row after it was trained without that row and its group, and without any row
 * that is held out; and how sure it is to agree with whoever wrote the outputs. Undefined where all other rows are of its
 * group. Fields that a table fills are left as they were given. Shapes: result [N].
 */
export async function readOutOfFold(
  form: Form,
  rows: readonly GivenRow[],
  tables: Tables,
  { folds, seed }: { readonly folds: number; readonly seed: number },
  work: Work,
): Promise<(Prediction | undefined)[]> {
  const learnt = Array.from(rows.keys()).filter((row) => !rows[row]!.isHeldOut);
  const answered = learnt.map((row) => {
    const { output, ...given } = rows[row]!;
    return {
      ...given,
      output,
      given: output,
      exampleId: row,
      contentHash: '',
      filled: takeApart(form, output) ?? { frame: 0, values: [] },
      isHuman: false,
      weight: 1,
    };
  });
  const foldOf = dealFolds(
    answered.map(({ filled }) => filled.frame),
    answered.map(({ group }) => group),
    folds,
    seed,
  );
  const parts = Array.from({ length: folds }, (_, fold) =>
    Array.from(answered.keys()).filter((index) => foldOf[index] === fold),
  ).filter((part) => part.length > 0 && part.length < answered.length);
  const options = { seed, threads: 1 };
  const read = await readHeldOut(crf, form, answered, tables, parts, options, work);
  const byRow = new Map(read.indices.map((index, i) => [learnt[index]!, read.predictions[i]!]));
  for (const [row, reading] of await readAside(rows, read, work)) byRow.set(row, reading);

  const filled = new Set(tables.lookups.map(({ field }) => field));
  return rows.map(({ output }, row) => {
    const reading = byRow.get(row);
    return reading && keepGiven(form, filled, output, reading);
  });
}

/** Held-out rows, each read by a student that did not learn from its group either. */
async function readAside(
  rows: readonly GivenRow[],
  { parts, confidence }: HeldOutReadings,
  work: Work,
): Promise<Map<number, Prediction>> {
  const readings = new Map<number, Prediction>();
  if (parts.length === 0) return readings;
  const partOf = new Map(parts.flatMap((part, i) => part.rows.map(({ group }) => [group, i])));
  const aside = Array.from(rows.keys()).filter((row) => rows[row]!.isHeldOut);
  const byPart = Map.groupBy(aside, (row) => partOf.get(rows[row]!.group) ?? 0);
  for (const [index, members] of byPart) {
    const { lesson, parser } = parts[index]!;
    const assemble = createAssembler({ ...lesson, confidence });
    const parses = await parser.parse(
      members.map((row) => rows[row]!.input),
      work,
    );
    members.forEach((row, i) => {
      readings.set(row, assemble(parses[i]!, rows[row]!.input));
    });
  }
  return readings;
}
