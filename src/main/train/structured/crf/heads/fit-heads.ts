import type { Work } from '../../../../lib/work.ts';
import type { SparseMatrix } from '../../../features/featuriser.ts';
import { dealFolds } from '../../../folds.ts';
import { fitOneVsRest, type LinearModel, scoreRows } from '../../../students/linear/one-vs-rest.ts';
import type { Target } from '../../../students/student.ts';
import type { StructuredRow } from '../../structured-student.ts';
import { type Calibration, type Case, fitCalibration } from './calibration.ts';
import { countColumns, type Head } from './heads.ts';

const TOLERANCE = 0.2;
const MAXIMUM_PASSES = 100;
const FOLDS = 5;
/** So many cases calibrate well enough; further folds would only cost time. */
const ENOUGH_CASES = 1000;

/** Heads on n-grams. Shapes: model.weights [V, columns]. */
export interface HeadModel {
  readonly model: LinearModel;
  readonly calibrations: readonly Calibration[];
}

/** Texts as n-grams, and how far each names the answers. Shapes: matrix [N, V]; mentions [N] of [columns]. */
export interface HeadInputs {
  readonly matrix: SparseMatrix;
  readonly mentions: readonly Float32Array[];
}

interface Question {
  readonly head: Head;
  /** Rows that the question is asked about, and their answers. */
  readonly rows: readonly number[];
  readonly targets: readonly Target[];
  readonly weights: readonly number[];
}

/** Trains each head on the rows that it is asked about, and calibrates it on rows that were held out for that. */
export async function fitHeads(
  heads: readonly Head[],
  rows: readonly StructuredRow[],
  inputs: HeadInputs,
  seed: number,
  work: Work,
): Promise<HeadModel> {
  const columns = countColumns(heads);
  const model = {
    weights: new Float32Array(inputs.matrix.columns * columns),
    biases: new Float32Array(columns),
    classCount: columns,
  };
  const calibrations: Calibration[] = [];
  for (const head of heads) {
    const question = askRows(head, rows);
    const part = await fitQuestion(question, question.rows.keys().toArray(), inputs, seed, work);
    for (let feature = 0; feature < inputs.matrix.columns; feature++)
      for (let i = 0; i < head.size; i++)
        model.weights[feature * columns + head.from + i] = part.weights[feature * head.size + i]!;
    model.biases.set(part.biases, head.from);
    calibrations.push(await calibrate(question, inputs, seed, work));
  }
  return { model, calibrations };
}

function askRows(head: Head, all: readonly StructuredRow[]): Question {
  const rows: number[] = [];
  const targets: Target[] = [];
  all.forEach((row, n) => {
    const answer = head.slot < 0 ? row.frame : toTarget(head, row);
    if (answer === undefined) return;
    rows.push(n);
    targets.push(answer);
  });
  return { head, rows, targets, weights: rows.map((n) => all[n]!.weight) };
}

function toTarget({ slot, mode, size }: Head, { choices }: StructuredRow): Target | undefined {
  const found = choices.find((choice) => choice.slot === slot);
  if (!found) return undefined;
  if (mode === 'many') return found.chosen.map((classIndex) => ({ classIndex, share: 1 }));
  return found.chosen[0] ?? size - 1;
}

/** A linear machine for each answer, on some of the question's rows. Shapes: weights [V, size]. */
async function fitQuestion(
  { head, rows, targets, weights }: Question,
  members: readonly number[],
  { matrix }: HeadInputs,
  seed: number,
  work: Work,
): Promise<LinearModel> {
  if (members.length === 0 || (head.size === 1 && head.mode === 'one'))
    return silentModel(head, matrix.columns);
  return fitOneVsRest(
    {
      matrix: takeRows(
        matrix,
        members.map((m) => rows[m]!),
      ),
      targets: members.map((m) => targets[m]!),
      weights: members.map((m) => weights[m]!),
      classCount: head.size,
    },
    { seed, tolerance: TOLERANCE, maxPasses: MAXIMUM_PASSES, message: 'Learning what to choose' },
    work,
  );
}

/** Where there is nothing to learn, or to learn from: answers "absent" of a slot. */
function silentModel({ mode, size }: Head, features: number): LinearModel {
  const biases = new Float32Array(size).fill(-1);
  if (mode === 'one') biases[size - 1] = 1;
  return { weights: new Float32Array(features * size), biases, classCount: size };
}

async function calibrate(
  question: Question,
  inputs: HeadInputs,
  seed: number,
  work: Work,
): Promise<Calibration> {
  const { head, rows, targets } = question;
  const classOf = (target: Target) =>
    typeof target === 'number' ? target : (target[0]?.classIndex ?? head.size);
  const members = [...rows.keys()];
  const folds = dealFolds(targets.map(classOf), members, FOLDS, seed);
  const cases: Case[] = [];
  for (let fold = 0; fold < FOLDS && cases.length < ENOUGH_CASES; fold++) {
    const model = await fitQuestion(
      question,
      members.filter((m) => folds[m] !== fold),
      inputs,
      seed,
      work,
    );
    const held = members.filter((m) => folds[m] === fold);
    const scores = scoreRows(
      takeRows(
        inputs.matrix,
        held.map((m) => rows[m]!),
      ),
      model,
    );
    held.forEach((m, i) => {
      const own = scores.subarray(i * head.size, (i + 1) * head.size);
      cases.push(...toCases(head, own, inputs.mentions[rows[m]!]!, targets[m]!));
    });
  }
  return fitCalibration(cases);
}

/** One case for the answer of mode `one`; in mode `many` each answer is a case of its own, against "not so". */
function toCases(head: Head, scores: Float32Array, mentions: Float32Array, target: Target): Case[] {
  const describe = (i: number, constant: number) => [
    scores[i]!,
    mentions[head.from + i]!,
    constant,
  ];
  const answers = [...scores.keys()];
  if (typeof target === 'number') {
    const last = head.slot >= 0 ? head.size - 1 : -1;
    const features = answers.flatMap((i) => describe(i, i === last ? 1 : 0));
    return [{ features: Float64Array.from(features), target }];
  }
  return answers.map((i) => ({
    features: Float64Array.of(...describe(i, 1), 0, 0, 0),
    target: target.some(({ classIndex }) => classIndex === i) ? 0 : 1,
  }));
}

function takeRows(matrix: SparseMatrix, rows: readonly number[]): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + matrix.starts[row + 1]! - matrix.starts[row]!;
  });
  const indices = new Int32Array(starts.at(-1)!);
  const values = new Float32Array(indices.length);
  rows.forEach((row, i) => {
    indices.set(matrix.indices.subarray(matrix.starts[row], matrix.starts[row + 1]), starts[i]);
    values.set(matrix.values.subarray(matrix.starts[row], matrix.starts[row + 1]), starts[i]);
  });
  return {
    rows: rows.length,
    columns: matrix.columns,
    starts,
    indices,
    values,
    unseenShares: Float32Array.from(rows, (row) => matrix.unseenShares[row]!),
  };
}
