import { expect, test } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import type { SparseMatrix } from '../../../src/main/train/features/featuriser.ts';
import { createBinarySolver } from '../../../src/main/train/students/linear/binary-solver.ts';
import { createSparseKernel } from '../../../src/main/train/students/linear/sparse-kernel.ts';

const options = { seed: 3, tolerance: 1e-9, maxPasses: 10_000 };

test('two points a unit left and right of nothing: w = 4C / (1 + 4C), b = 0', () => {
  const matrix = toSparse([[1], [-1]]);
  const kernel = createSparseKernel(matrix, Int32Array.of(0, 1));
  const solver = createBinarySolver(
    kernel,
    { rows: Int32Array.of(0, 1), signs: Int8Array.of(1, -1), costs: Float64Array.of(1, 1) },
    options,
  );
  while (!solver.advance(10));
  expect(kernel.weights[0]).toBeCloseTo(0.8, 8);
  expect(kernel.weights[1]).toBeCloseTo(0, 8);
});

test('a problem with noise, unequal costs and a row on both sides meets its optimality conditions', () => {
  const { matrix, problem, dense } = randomProblem(200, 12);
  const kernel = createSparseKernel(
    matrix,
    Int32Array.from({ length: 200 }, (_, i) => 199 - i),
  );
  const solver = createBinarySolver(kernel, problem, options);
  while (!solver.advance(1_000));
  const w = [...kernel.weights];

  // w = Σ alpha_i y_i x_i, and alpha_i = 2 C_i max(0, 1 - y_i w.x_i) at the optimum
  const sum = w.map(() => 0);
  for (const [i, alpha] of solver.alphas.entries()) {
    const x = [...dense[problem.rows[i]!]!, 1];
    const sign = problem.signs[i]!;
    x.forEach((value, k) => {
      sum[k]! += alpha * sign * value;
    });
    const margin = sign * x.reduce((total, value, k) => total + value * w[k]!, 0);
    expect(alpha).toBeCloseTo(2 * problem.costs[i]! * Math.max(0, 1 - margin), 6);
  }
  for (const [k, value] of sum.entries()) expect(value).toBeCloseTo(w[k]!, 9);
  expect(solver.alphas.some((alpha) => alpha === 0)).toBe(true);
  expect(solver.alphas.some((alpha) => alpha > 0)).toBe(true);
});

test('the steps may be cut anywhere: the weights are the same bits', () => {
  const { matrix, problem } = randomProblem(150, 9);
  const layout = Int32Array.from({ length: 150 }, (_, i) => i);
  const weightsWith = (steps: number) => {
    const kernel = createSparseKernel(matrix, layout);
    const solver = createBinarySolver(kernel, problem, { ...options, tolerance: 0.1 });
    while (!solver.advance(steps));
    return kernel.weights.slice();
  };
  expect(weightsWith(7)).toEqual(weightsWith(100_000));
  expect(weightsWith(7)).not.toEqual(new Float64Array(10));
});

test('the kernel adds and multiplies as plain loops do', () => {
  const { matrix, dense } = randomProblem(40, 5);
  const kernel = createSparseKernel(
    matrix,
    Int32Array.from({ length: 40 }, (_, i) => (i * 7) % 40),
  );
  const expected = new Array<number>(6).fill(0);
  for (let row = 0; row < 40; row++) {
    const x = [...dense[row]!, 1];
    const dot = x.reduce((sum, value, k) => sum + value * expected[k]!, 0);
    expect(kernel.dot(row)).toBeCloseTo(dot, 9);
    expect(kernel.squares[row]).toBeCloseTo(
      x.reduce((sum, value) => sum + value ** 2, 0),
      9,
    );
    kernel.add(row, 0.3);
    x.forEach((value, k) => {
      expected[k]! += 0.3 * value;
    });
  }
});

function randomProblem(rows: number, columns: number) {
  const rng = createRng(11);
  const dense = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (rng.next() < 0.4 ? Math.fround(rng.normal()) : 0)),
  );
  const signs = dense.map((x) => (x[0]! + x[1]! + rng.normal() > 0 ? 1 : -1));
  // The last three rows stand on both sides, as rows with soft labels do.
  const problemRows = [...dense.keys(), rows - 1, rows - 2, rows - 3];
  return {
    dense,
    matrix: toSparse(dense),
    problem: {
      rows: Int32Array.from(problemRows),
      signs: Int8Array.from(problemRows, (row, i) => (i < rows ? signs[row]! : -signs[row]!)),
      costs: Float64Array.from(problemRows, () => 0.2 + 2 * rng.next()),
    },
  };
}

function toSparse(dense: readonly (readonly number[])[]): SparseMatrix {
  const entries = dense.map((x) =>
    x.flatMap((value, k) => (value === 0 ? [] : [[k, value] as const])),
  );
  const starts = Int32Array.from({ length: dense.length + 1 }, (_, row) =>
    entries.slice(0, row).reduce((sum, own) => sum + own.length, 0),
  );
  return {
    rows: dense.length,
    columns: dense[0]!.length,
    starts,
    indices: Int32Array.from(entries.flat(), ([k]) => k),
    values: Float32Array.from(entries.flat(), ([, value]) => value),
    unseenShares: new Float32Array(dense.length),
  };
}
