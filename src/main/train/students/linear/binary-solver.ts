import { createRng } from '../../../lib/rng.ts';
import type { SparseKernel } from './sparse-kernel.ts';

/** One class against the rest. Shapes: each array [N'], N' instances; a row may stand in it twice (soft labels). */
export interface BinaryProblem {
  readonly rows: Int32Array;
  /** +1 or -1. */
  readonly signs: Int8Array;
  /** C_i > 0: how dearly a mistake on the instance is paid. */
  readonly costs: Float64Array;
}

export interface BinarySolverOptions {
  readonly seed: number;
  /** Stop when the largest and smallest projected gradients are this close. */
  readonly tolerance: number;
  readonly maxPasses: number;
}

/** A solve in progress; deterministic however its steps are cut. */
export interface BinarySolver {
  /** Visits up to `steps` instances; true when the problem is solved. */
  advance(steps: number): boolean;
  /** Shapes: [N']. */
  readonly alphas: Float64Array;
}

/** Neighbours in memory are visited together: an order at random alone would wait for memory at each row. */
const BLOCK_SIZE = 8;
const NEGLIGIBLE = 1e-12;

/**
 * Dual coordinate descent for min_w 1/2 |w|^2 + sum_i C_i max(0, 1 - y_i w.x_i)^2, each x_i with a constant 1 at
 * its end (the bias). The kernel's weights are w; one solver at a time may use a kernel.
 *
 * Two changes to the published algorithm, for speed: blocks of neighbours are shuffled instead of rows, and an
 * instance outside the margin is set aside at once, since all of them are checked again before the end.
 * @see Hsieh, Chang, Lin, Keerthi, Sundararajan, "A dual coordinate descent method for large-scale linear SVM",
 *   2008, algorithms 1 and 3
 */
export function createBinarySolver(
  kernel: SparseKernel,
  { rows, signs, costs }: BinaryProblem,
  options: BinarySolverOptions,
): BinarySolver {
  const { weights, squares, dot, add } = kernel;
  const total = rows.length;
  const alphas = new Float64Array(total);
  const rng = createRng(options.seed);
  weights.fill(0);

  let order = new Int32Array(total);
  let nextOrder = new Int32Array(total);
  let active = 0;
  let position = 0;
  let kept = 0;
  let passes = 0;
  let isFullPass = true;
  let largest = 0;
  let smallest = 0;
  beginPass();

  /** A full pass visits every instance; the others what the last one kept, in shuffled blocks. */
  function beginPass(): void {
    if (isFullPass) for (let i = 0; i < total; i++) order[i] = i;
    active = isFullPass ? total : kept;
    const blocks = new Int32Array(Math.ceil(active / BLOCK_SIZE));
    for (let b = 0; b < blocks.length; b++) blocks[b] = b * BLOCK_SIZE;
    rng.shuffle(blocks);
    let filled = 0;
    for (const start of blocks)
      for (let i = start; i < Math.min(start + BLOCK_SIZE, active); i++)
        nextOrder[filled++] = order[i]!;
    [order, nextOrder] = [nextOrder, order];
    position = 0;
    kept = 0;
    largest = Number.NEGATIVE_INFINITY;
    smallest = Number.POSITIVE_INFINITY;
  }

  /** True when the pass just finished was the last. */
  function endPass(): boolean {
    passes++;
    const isOptimal = largest - smallest <= options.tolerance || kept === 0;
    if ((isOptimal && isFullPass) || passes >= options.maxPasses) return true;
    isFullPass = isOptimal;
    beginPass();
    return false;
  }

  function visit(i: number): void {
    const row = rows[i]!;
    const sign = signs[i]!;
    const diagonal = 0.5 / costs[i]!;
    // G = y_i w.x_i - 1 + D_ii alpha_i
    const alpha = alphas[i]!;
    const gradient = sign * dot(row) - 1 + diagonal * alpha;
    if (alpha === 0 && gradient > 0) {
      largest = Math.max(largest, 0);
      smallest = Math.min(smallest, 0);
      return;
    }
    order[kept++] = i;
    largest = Math.max(largest, gradient);
    smallest = Math.min(smallest, gradient);
    if (Math.abs(gradient) <= NEGLIGIBLE) return;
    // alpha_i <- max(alpha_i - G / (x_i.x_i + D_ii), 0);  w <- w + (alpha_i - old) y_i x_i
    alphas[i] = Math.max(alpha - gradient / (squares[row]! + diagonal), 0);
    add(row, (alphas[i]! - alpha) * sign);
  }

  function advance(steps: number): boolean {
    for (let step = 0; step < steps; step++) {
      if (position < active) visit(order[position++]!);
      else if (endPass()) return true;
    }
    return false;
  }

  return { advance, alphas };
}
