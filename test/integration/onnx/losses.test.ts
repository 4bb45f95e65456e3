import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { randomTensor } from '../../../src/main/onnx/gradient-check/operator-case.ts';
import { createGraph, type Graph, type Value } from '../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../src/main/onnx/graph/to-model.ts';
import { binaryCrossEntropy } from '../../../src/main/onnx/losses/binary-cross-entropy.ts';
import { crossEntropy } from '../../../src/main/onnx/losses/cross-entropy.ts';
import { createSession } from '../../../src/main/onnx/session.ts';
import { float32, int64 } from '../../../src/main/onnx/tensor.ts';
import { checkGradients } from '../../helpers/finite-differences.ts';

const rows = [
  [0.5, -1, 2],
  [1.5, 0.25, -0.75],
  [-2, 1, 0],
];
const classWeights = [1, 2, 0.5];
const rowWeights = [1, 0.5, 2];
const shares = [
  [0.7, 0.2, 0.1],
  [0, 1, 0],
  [0.3, 0.3, 0.4],
];

async function lossOf(build: (graph: Graph, logits: Value) => Value): Promise<number> {
  const graph = createGraph('loss');
  graph.output('loss', build(graph, graph.input('logits', 'float32', [3, 3])));
  const session = await createSession(toModel(graph), { threads: 1 });
  const { loss } = await session.run({ logits: float32([3, 3], rows.flat()) });
  return Number(loss!.data[0]);
}

/** ln softmax in double precision. */
function logSoftmax(z: readonly number[]): number[] {
  const norm = Math.log(z.reduce((sum, x) => sum + Math.exp(x), 0));
  return z.map((x) => x - norm);
}

const vector = (graph: Graph, values: readonly number[]) =>
  graph.constant(float32([values.length], values));

describe('cross-entropy', () => {
  it('is the mean of -ln p of the right class', async () => {
    const loss = await lossOf((graph, logits) =>
      crossEntropy(logits, graph.constant(int64([3], [2, 0, 1]))),
    );
    const expected =
      -(logSoftmax(rows[0]!)[2]! + logSoftmax(rows[1]!)[0]! + logSoftmax(rows[2]!)[1]!) / 3;
    expect(loss).toBeCloseTo(expected, 5);
  });

  it('weighs classes and rows, smooths, and ignores negative targets', async () => {
    const loss = await lossOf((graph, logits) =>
      crossEntropy(logits, graph.constant(int64([3], [2, -100, 1])), {
        labelSmoothing: 0.1,
        classWeights: vector(graph, classWeights),
        rowWeights: vector(graph, rowWeights),
      }),
    );
    let sum = 0;
    let mass = 0;
    for (const [row, target] of [
      [0, 2],
      [2, 1],
    ] as const) {
      const terms = logSoftmax(rows[row]!).map(
        (log, i) => -classWeights[i]! * ((i === target ? 0.9 : 0) + 0.1 / 3) * log,
      );
      sum += rowWeights[row]! * terms.reduce((a, b) => a + b);
      mass += rowWeights[row]! * classWeights[target]!;
    }
    expect(loss).toBeCloseTo(sum / mass, 5);
  });

  it('takes probabilities at a temperature', async () => {
    const loss = await lossOf((graph, logits) =>
      crossEntropy(logits, graph.constant(float32([3, 3], shares.flat())), { temperature: 2 }),
    );
    const perRow = rows.map((z, n) =>
      logSoftmax(z.map((x) => x / 2)).reduce((sum, log, i) => sum - 4 * shares[n]![i]! * log, 0),
    );
    expect(loss).toBeCloseTo(perRow.reduce((a, b) => a + b) / 3, 5);
  });

  it('is zero, not NaN, on a batch of padding', async () => {
    const loss = await lossOf((graph, logits) =>
      crossEntropy(logits, graph.constant(int64([3], [-1, -1, -1])), { labelSmoothing: 0.1 }),
    );
    expect(loss).toBe(0);
  });
});

describe('binary cross-entropy', () => {
  it('is the mean of -ln p of each answer, for logits of any size', async () => {
    const targets = [1, 0, 1, 0, 1, 0, 0, 0, 1];
    const loss = await lossOf((graph, logits) =>
      binaryCrossEntropy(logits, graph.constant(float32([3, 3], targets)), {
        labelSmoothing: 0.1,
        positiveWeights: vector(graph, classWeights),
        rowWeights: vector(graph, rowWeights),
      }),
    );
    let sum = 0;
    for (const [n, z] of rows.entries())
      for (const [i, x] of z.entries()) {
        const q = 0.9 * targets[3 * n + i]! + 0.05;
        const [missed, wrong] = [Math.log(1 + Math.exp(-x)), Math.log(1 + Math.exp(x))];
        sum += (rowWeights[n]! * (classWeights[i]! * q * missed + (1 - q) * wrong)) / 3;
      }
    expect(loss).toBeCloseTo(sum / 3.5, 5);
  });
});

describe('gradients of the losses', () => {
  const logits = randomTensor([2, 3, 4], -2, 2, createRng(1));
  const distribution = float32([2, 3, 4], new Array(6).fill([0.1, 0.2, 0.3, 0.4]).flat());
  const mask = float32([2, 3], [1, 1, 0, 1, 0, 0.5]);
  const targets = int64([2, 3], [0, 3, -1, 2, 2, 1]);

  it.each<[string, (graph: Graph, z: Value) => Value]>([
    [
      'masked tokens',
      (graph, z) =>
        crossEntropy(z, graph.constant(targets), {
          rowWeights: graph.constant(mask),
          labelSmoothing: 0.1,
        }),
    ],
    [
      'soft targets',
      (graph, z) => crossEntropy(z, graph.constant(distribution), { temperature: 3 }),
    ],
    [
      'several labels a row',
      (graph, z) =>
        binaryCrossEntropy(z, graph.constant(distribution), { rowWeights: graph.constant(mask) }),
    ],
  ])('%s', async (_, build) => {
    const { worst } = await checkGradients([logits], (graph, [z]) => [build(graph, z!)], 'all');
    // The loss itself is one float32 here, so its rounding weighs more than in the operators' own test.
    expect(worst).toBeLessThan(1e-3);
  });
});
