import { describe, expect, test } from 'vitest';
import { invertPositiveDefinite } from '../../../src/main/curate/label-errors/invert.ts';
import { leaveOneOutLogits } from '../../../src/main/curate/label-errors/leave-one-out.ts';
import { neighbourLogits } from '../../../src/main/curate/label-errors/neighbours.ts';
import { poolViews } from '../../../src/main/curate/label-errors/pool.ts';
import { sentenceNeighbours } from '../../../src/main/curate/label-errors/sentence-neighbours.ts';
import { doubtFromConfidence } from '../../../src/main/curate/label-errors/stated-confidence.ts';
import { wordNeighbours } from '../../../src/main/curate/label-errors/word-neighbours.ts';
import { createRng } from '../../../src/main/lib/rng.ts';
import { unwatched } from '../../../src/main/lib/work.ts';

const rng = createRng(11);

test('the inverse times the matrix is the identity', () => {
  const size = 6;
  const root = Float64Array.from({ length: size * size }, () => rng.normal());
  const matrix = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = i === j ? 0.5 : 0;
    for (let k = 0; k < size; k++) sum += root[i * size + k]! * root[j * size + k]!;
    return sum;
  });
  const inverse = invertPositiveDefinite(matrix, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[i * size + k]! * inverse[k * size + j]!;
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 8);
    }
});

/** Rows around one centre a class, of length 1. */
function makeClusters(rows: number, columns: number, classCount: number) {
  const centres = Array.from({ length: classCount }, () =>
    Array.from({ length: columns }, () => rng.normal()),
  );
  const targets = Int32Array.from({ length: rows }, (_, i) => i % classCount);
  const data = new Float32Array(rows * columns);
  targets.forEach((target, i) => {
    const row = centres[target]!.map((value) => value + 0.4 * rng.normal());
    const length = Math.hypot(...row);
    row.forEach((value, k) => {
      data[i * columns + k] = value / length;
    });
  });
  return { targets, matrix: { rows, columns, data } };
}

test('leaving a row out by formula equals fitting without it', async () => {
  const { targets, matrix } = makeClusters(24, 5, 3);
  const logits = await leaveOneOutLogits(matrix, targets, 3);
  const without = 7;
  const rest = Array.from({ length: 24 }, (_, i) => i).filter((i) => i !== without);
  // A row of zeros but for the bias adds nothing that the bias column does not, so fit by hand instead.
  const columns = 6;
  const x = (i: number) => [...matrix.data.subarray(i * 5, i * 5 + 5), 0.3];
  const gram = new Float64Array(columns * columns);
  for (let a = 0; a < columns; a++) gram[a * columns + a] = 0.1;
  for (const i of rest)
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < columns; b++) gram[a * columns + b]! += x(i)[a]! * x(i)[b]!;
  const inverse = invertPositiveDefinite(gram, columns);
  for (let c = 0; c < 3; c++) {
    let score = 0;
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < columns; b++) {
        const sum = rest.reduce((s, i) => s + (targets[i] === c ? x(i)[b]! : 0), 0);
        score += x(without)[a]! * inverse[a * columns + b]! * sum;
      }
    expect(logits[without * 3 + c]!).toBeCloseTo(15 * score, 3);
  }
});

test('what is held out is judged by the fit of the others alone', async () => {
  const { targets, matrix } = makeClusters(24, 5, 3);
  const heldOut = Array.from(targets, (_, i) => i >= 20);
  const whole = await leaveOneOutLogits(matrix, targets, 3, heldOut);
  const rest = { rows: 20, columns: 5, data: matrix.data.slice(0, 100) };
  const alone = await leaveOneOutLogits(rest, targets.slice(0, 20), 3);
  alone.forEach((logit, i) => void expect(whole[i]!).toBeCloseTo(logit, 3));
  // Control: with a say they would move it.
  const together = await leaveOneOutLogits(matrix, targets, 3);
  expect(alone.some((logit, i) => Math.abs(together[i]! - logit) > 0.1)).toBe(true);
  expect(whole.slice(60).every(Number.isFinite)).toBe(true);
});

describe('neighbours', () => {
  test('are the nearest by cosine; copies of one text do not vouch for each other', async () => {
    const vectors = { rows: 4, columns: 2, data: Float32Array.of(1, 0, 1, 0, 0.6, 0.8, 0, 1) };
    const groups = Int32Array.of(7, 7, 8, 9);
    const found = await sentenceNeighbours(vectors, groups, unwatched);
    expect(Array.from(found.indices.subarray(0, 3))).toEqual([2, 3, -1]);
    const logits = neighbourLogits(found, Int32Array.of(0, 1, 1, 0), 2);
    expect(logits[1]!).toBeGreaterThan(logits[0]!);
  });

  test('by words, too', async () => {
    const texts = ['lost my card', 'lost my credit card', 'refund of the fee', 'the fee, a refund'];
    const found = await wordNeighbours(texts, Int32Array.of(0, 1, 2, 3), unwatched);
    expect([found.indices[0], found.indices[found.k * 2]]).toEqual([1, 3]);
  });
});

test('pooling trusts the view that knows, and doubts the labels that it contradicts', () => {
  const n = 300;
  const truth = Int32Array.from({ length: n }, (_, i) => i % 3);
  const wrong = new Set([10, 50, 200]);
  const targets = truth.map((value, i) => (wrong.has(i) ? (value + 1) % 3 : value));
  const knowing = new Float32Array(n * 3).fill(Math.log(0.05));
  truth.forEach((value, i) => {
    knowing[i * 3 + value] = Math.log(0.9);
  });
  const guessing = Float32Array.from({ length: n * 3 }, () => 4 * rng.normal());
  const { doubt, weights, suggested } = poolViews([guessing, knowing], targets, 3);
  expect(weights[1]!).toBeGreaterThan(weights[0]!);
  const order = Array.from(doubt.keys()).sort((a, b) => doubt[b]! - doubt[a]!);
  expect(new Set(order.slice(0, 3))).toEqual(wrong);
  for (const i of wrong) expect(suggested[i]).toBe(truth[i]);
});

describe('stated confidence', () => {
  const stated = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.99 : 0.6));

  test('adds doubt where low confidence goes with disagreement', () => {
    const isAgreed = stated.map((confidence, i) => (confidence > 0.9 ? i % 20 !== 0 : i % 3 !== 0));
    const doubt = doubtFromConfidence(stated, isAgreed);
    expect(doubt[1]!).toBeGreaterThan(0.5);
    expect(doubt[0]!).toBeLessThan(0);
  });

  test('adds nothing where it says nothing, or is not there', () => {
    const isAgreed = stated.map((_, i) => Math.floor(i / 2) % 10 !== 0);
    expect(Math.abs(doubtFromConfidence(stated, isAgreed)[1]!)).toBeLessThan(0.1);
    expect(doubtFromConfidence([null, null], [true, false])).toEqual(Float32Array.of(0, 0));
  });
});
