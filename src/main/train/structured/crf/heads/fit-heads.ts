import type { Work } from '../../../../lib/work.ts';
import type { SparseMatrix } from '../../../features/featuriser.ts';
import type { LinearModel } from '../../../students/linear/linear-model.ts';
import { fitOneVsRest, scoreRows } from '../../../students/linear/one-vs-rest.ts';
import type { Target } from '../../../students/student.ts';
import type { StructuredRow } from '../../structured-student.ts';
import type { MentionedRow } from '../word-tagger.ts';
import {
  type Calibration,
  type Case,
  FACT_COUNT,
  fitCalibration,
  UNCALIBRATED,
} from './calibration.ts';
import { countColumns, type Head } from './heads.ts';
import type { Fold } from './held-out.ts';
import { listFacts } from './read-heads.ts';
import { takeRows } from './take-rows.ts';

const TOLERANCE = 0.2;
const MAXIMUM_PASSES = 100;
/** How much the start of a calibration weighs: of all heads together, and of one that starts from theirs. */
const COMMON_PRIOR = 0.1;
const OWN_PRIOR = 3;

/** Heads on n-grams. Shapes: model.weights [V, columns], calibrations as the heads. */
export interface HeadModel {
  readonly model: LinearModel;
  readonly calibrations: readonly Calibration[];
}

/** Rows, their n-grams, and what is known of those outside of each fold. Shapes: matrix [N, V], named as the folds. */
export interface HeadInputs {
  readonly rows: readonly MentionedRow[];
  readonly matrix: SparseMatrix;
  readonly folds: readonly Fold[];
  /** For each fold, for each row outside of it [columns]. */
  readonly named: readonly (readonly Float32Array[])[];
}

/** The right answer of a row to a head's question; nothing where it is not asked. */
function toTarget(
  { slot, mode, size }: Head,
  { frame, choices }: StructuredRow,
): Target | undefined {
  if (slot < 0) return frame;
  const found = choices.find((choice) => choice.slot === slot);
  if (!found) return undefined;
  if (mode === 'many') return found.chosen.map((classIndex) => ({ classIndex, share: 1 }));
  return found.chosen[0] ?? size - 1;
}

/** Trains each head on the rows that it is asked about, and calibrates it on rows that were held out for that. */
export async function fitHeads(
  heads: readonly Head[],
  inputs: HeadInputs,
  seed: number,
  work: Work,
): Promise<HeadModel> {
  const everyRow = [...inputs.rows.keys()];
  const model = await fitAll(heads, inputs, everyRow, seed, work);
  const cases: Case[][] = heads.map(() => []);
  for (const [f, { inside, outside }] of inputs.folds.entries()) {
    const part = await fitAll(heads, inputs, inside, seed, work);
    const scores = scoreRows(takeRows(inputs.matrix, outside), part);
    outside.forEach((n, i) => {
      const { row, mentions } = inputs.rows[n]!;
      const text = {
        scores: scores.subarray(i * part.classCount, (i + 1) * part.classCount),
        mentions,
        named: inputs.named[f]![i]!,
      };
      heads.forEach((head, h) => {
        const target = toTarget(head, row);
        if (target !== undefined) cases[h]!.push(...toCases(head, listFacts(head, text), target));
      });
    });
  }
  // Few rows ask about any one slot; what helps to read one mostly helps to read another.
  const common = (mode: Head['mode']) =>
    fitCalibration(
      heads.flatMap((head, h) => (head.slot >= 0 && head.mode === mode ? cases[h]! : [])),
      UNCALIBRATED,
      COMMON_PRIOR,
    );
  const commons = { one: common('one'), many: common('many') };
  return {
    model,
    calibrations: heads.map((head, h) =>
      head.slot < 0
        ? fitCalibration(cases[h]!, UNCALIBRATED, COMMON_PRIOR)
        : fitCalibration(cases[h]!, commons[head.mode], OWN_PRIOR),
    ),
  };
}

/** All heads, trained on some of the rows, side by side in one table. */
async function fitAll(
  heads: readonly Head[],
  { rows, matrix }: HeadInputs,
  members: readonly number[],
  seed: number,
  work: Work,
): Promise<LinearModel> {
  const columns = countColumns(heads);
  const weights = new Float32Array(matrix.columns * columns);
  const biases = new Float32Array(columns);
  for (const head of heads) {
    const asked = members.flatMap((n) => {
      const target = toTarget(head, rows[n]!.row);
      return target === undefined ? [] : { n, target };
    });
    const part = await fitHead(head, asked, rows, matrix, seed, work);
    for (let feature = 0; feature < matrix.columns; feature++)
      for (let i = 0; i < head.size; i++)
        weights[feature * columns + head.from + i] = part.weights[feature * head.size + i]!;
    biases.set(part.biases, head.from);
  }
  return { weights, biases, classCount: columns };
}

/** A linear machine for each answer. Shapes: weights [V, size]. */
async function fitHead(
  { mode, size }: Head,
  asked: readonly { readonly n: number; readonly target: Target }[],
  rows: readonly MentionedRow[],
  matrix: SparseMatrix,
  seed: number,
  work: Work,
): Promise<LinearModel> {
  // Of an answer never given there is nothing to learn; a schema may list thousands.
  const known = listKnown(asked.map(({ target }) => target));
  const weights = new Float32Array(matrix.columns * size);
  const biases = new Float32Array(size).fill(-1);
  if (asked.length === 0 || (size === 1 && mode === 'one')) {
    if (mode === 'one') biases[size - 1] = 1; // "absent" of a slot
    return { weights, biases, classCount: size };
  }
  const toKnown = (target: Target): Target =>
    typeof target === 'number'
      ? known.indexOf(target)
      : target.map((part) => ({ ...part, classIndex: known.indexOf(part.classIndex) }));
  const model = await fitOneVsRest(
    {
      matrix: takeRows(
        matrix,
        asked.map(({ n }) => n),
      ),
      targets: asked.map(({ target }) => toKnown(target)),
      weights: asked.map(({ n }) => rows[n]!.row.weight),
      classCount: known.length,
    },
    { seed, tolerance: TOLERANCE, maxPasses: MAXIMUM_PASSES, message: 'Learning what to choose' },
    work,
  );
  known.forEach((answer, i) => {
    biases[answer] = model.biases[i]!;
    for (let feature = 0; feature < matrix.columns; feature++)
      weights[feature * size + answer] = model.weights[feature * known.length + i]!;
  });
  return { weights, biases, classCount: size };
}

/** The answers that some target gives, ascending. */
function listKnown(targets: readonly Target[]): number[] {
  const given = targets.flatMap((target) =>
    typeof target === 'number' ? target : target.map(({ classIndex }) => classIndex),
  );
  return [...new Set(given)].sort((a, b) => a - b);
}

/** One case for the answer of mode `one`; in mode `many` each answer is a case of its own, against "not so". */
function toCases({ size }: Head, facts: Float64Array, target: Target): Case[] {
  if (typeof target === 'number') return [{ facts, target }];
  return Array.from({ length: size }, (_, i) => {
    const own = new Float64Array(2 * FACT_COUNT);
    own.set(facts.subarray(i * FACT_COUNT, (i + 1) * FACT_COUNT));
    return { facts: own, target: target.some(({ classIndex }) => classIndex === i) ? 0 : 1 };
  });
}
