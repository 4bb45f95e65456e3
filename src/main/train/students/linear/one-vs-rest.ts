import { throwIfCancelled } from '../../../../shared/errors.ts';
import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { Target } from '../student.ts';
import { type BinaryProblem, createBinarySolver } from './binary-solver.ts';
import { decodeClasses, encodeClasses } from './class-part.ts';
import type { LinearModel } from './linear-model.ts';
import { createSparseKernel } from './sparse-kernel.ts';

/** Chosen on validation splits of Banking77's and CLINC150's training rows. */
const COST = 1;
const LARGEST_POSITIVE_BOOST = 3;
const STEPS_BETWEEN_PAUSES = 2_000;
const CHECKPOINT_INTERVAL_MS = 1_000;

export interface OneVsRestOptions {
  readonly seed: number;
  readonly tolerance: number;
  readonly maxPasses: number;
  readonly checkpoint?: Checkpoint | undefined;
  readonly message: string;
}

export interface Examples {
  readonly matrix: SparseMatrix;
  readonly targets: readonly Target[];
  readonly weights: readonly number[];
  readonly classCount: number;
}

/**
 * Solves one problem a class. Each has its own seed, so that a run that was cut off and goes on from its
 * checkpoint ends with the same bits.
 */
export async function fitOneVsRest(
  examples: Examples,
  options: OneVsRestOptions,
  work: Work,
): Promise<LinearModel> {
  const { matrix, classCount } = examples;
  const features = matrix.columns;
  const model = {
    weights: new Float32Array(features * classCount),
    biases: new Float32Array(classCount),
    classCount,
  };
  const isFinished = new Uint8Array(classCount);
  const keep = (classIndex: number, column: Float32Array | Float64Array) => {
    for (let f = 0; f < features; f++) model.weights[f * classCount + classIndex] = column[f]!;
    model.biases[classIndex] = column[features]!;
    isFinished[classIndex] = 1;
  };
  for (const part of options.checkpoint?.parts() ?? [])
    for (const { classIndex, column } of decodeClasses(part, features + 1))
      keep(classIndex, column);

  // Files are often sorted by class; the solver wants neighbours that differ.
  const layout = createRng(options.seed).shuffle(Int32Array.from(examples.targets.keys()));
  const kernel = createSparseKernel(matrix, layout);
  const pause = pauseWhenDue(work.signal);
  let unsaved: number[] = [];
  let lastSaveMs = performance.now();
  const save = () => {
    if (unsaved.length > 0) options.checkpoint?.append(encodeClasses(model, features, unsaved));
    unsaved = [];
    lastSaveMs = performance.now();
  };

  try {
    for (let classIndex = 0; classIndex < classCount; classIndex++) {
      if (isFinished[classIndex] === 1) continue;
      work.report({ done: classIndex, total: classCount, message: options.message });
      throwIfCancelled(work.signal);
      const solver = createBinarySolver(kernel, createProblem(examples, layout, classIndex), {
        ...options,
        seed: options.seed + classIndex,
      });
      while (!solver.advance(STEPS_BETWEEN_PAUSES)) await pause();
      keep(classIndex, kernel.weights);
      unsaved.push(classIndex);
      if (performance.now() - lastSaveMs > CHECKPOINT_INTERVAL_MS) save();
    }
  } catch (error) {
    save();
    throw error;
  }
  work.report({ done: classCount, total: classCount, message: options.message });
  return model;
}

/** One class against the rest: a soft target gives an instance on each side, with its shares as costs. */
function createProblem(
  { targets, weights }: Examples,
  layout: Int32Array,
  classIndex: number,
): BinaryProblem {
  // Room for twice the rows: a soft target stands on both sides.
  const rows = new Int32Array(targets.length * 2);
  const signs = new Int8Array(rows.length);
  const costs = new Float64Array(rows.length);
  let count = 0;
  let positive = 0;
  let total = 0;
  const add = (row: number, sign: number, cost: number) => {
    if (cost <= 0) return;
    rows[count] = row;
    signs[count] = sign;
    costs[count++] = cost;
  };
  for (const row of layout) {
    const weight = weights[row]!;
    const share = shareOf(targets[row]!, classIndex);
    positive += share * weight;
    total += weight;
    add(row, 1, COST * weight * share);
    add(row, -1, COST * weight * (1 - share));
  }
  // A rare class would be outvoted: its instances count sqrt(others / own) times, up to a limit.
  const boost =
    positive === 0
      ? 1
      : Math.min(LARGEST_POSITIVE_BOOST, Math.max(1, Math.sqrt((total - positive) / positive)));
  for (let i = 0; i < count; i++) if (signs[i] === 1) costs[i]! *= boost;
  return {
    rows: rows.subarray(0, count),
    signs: signs.subarray(0, count),
    costs: costs.subarray(0, count),
  };
}

function shareOf(target: Target, classIndex: number): number {
  if (typeof target === 'number') return target === classIndex ? 1 : 0;
  return target.find((part) => part.classIndex === classIndex)?.share ?? 0;
}

/** scores = X W + b. Shapes: [N, C] row by row. */
export function scoreRows(matrix: SparseMatrix, model: LinearModel): Float32Array {
  const { weights, biases, classCount } = model;
  const scores = new Float32Array(matrix.rows * classCount);
  const sums = new Float64Array(classCount);
  for (let n = 0; n < matrix.rows; n++) {
    sums.set(biases);
    for (let k = matrix.starts[n]!; k < matrix.starts[n + 1]!; k++) {
      const value = matrix.values[k]!;
      const base = matrix.indices[k]! * classCount;
      for (let c = 0; c < classCount; c++) sums[c]! += value * weights[base + c]!;
    }
    scores.set(sums, n * classCount);
  }
  return scores;
}
