import { describe, expect, it } from 'vitest';
import { dump } from '../../../src/main/onnx/graph/dump.ts';
import { createGraph } from '../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../src/main/onnx/graph/to-model.ts';
import { add } from '../../../src/main/onnx/operators/add.ts';
import { cast } from '../../../src/main/onnx/operators/cast.ts';
import { concat } from '../../../src/main/onnx/operators/concat.ts';
import { dequantizeLinear } from '../../../src/main/onnx/operators/dequantize-linear.ts';
import { gather } from '../../../src/main/onnx/operators/gather.ts';
import { matMul } from '../../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../../src/main/onnx/operators/reduce-sum.ts';
import { reshape } from '../../../src/main/onnx/operators/reshape.ts';
import { softmax } from '../../../src/main/onnx/operators/softmax.ts';
import { squeeze } from '../../../src/main/onnx/operators/squeeze.ts';
import { unsqueeze } from '../../../src/main/onnx/operators/unsqueeze.ts';
import { scanModel } from '../../../src/main/onnx/scan.ts';
import { createSession } from '../../../src/main/onnx/session.ts';
import { float32, int64 } from '../../../src/main/onnx/tensor.ts';

/** A linear classifier over bags of n-grams: sum of value · weight row over ids, plus bias, then softmax. */
function bagOfFeatures() {
  const graph = createGraph('bag');
  const ids = graph.input('ids', 'int64', ['B', 'L']);
  const values = graph.input('values', 'float32', ['B', 'L']);
  const table = dequantizeLinear(
    graph.initialiser('table', {
      type: 'int8',
      dims: [3, 2],
      data: Int8Array.of(1, 2, 3, 4, 5, 6),
    }),
    graph.initialiser('scale', float32([3], [0.5, 1, 2])),
    graph.initialiser('zero', { type: 'int8', dims: [3], data: new Int8Array(3) }),
    0,
  );
  const rows = gather(table, ids); // [B, L, 2]
  const sum = reduceSum(mul(rows, unsqueeze(values, [2])), [1], false);
  const logits = add(sum, graph.initialiser('bias', float32([2], [0.25, -0.25])));
  graph.output('logits', logits);
  graph.output('probabilities', softmax(logits));
  return graph;
}

describe('a graph that we built', () => {
  it('runs in ONNX Runtime and gives what the formula gives, for any batch', async () => {
    const graph = bagOfFeatures();
    const session = await createSession(toModel(graph), { threads: 1 });
    const { logits, probabilities } = await session.run({
      ids: int64([2, 2], [0, 2, 1, 1]),
      values: float32([2, 2], [1, 0.5, 2, -1]),
    });
    // Row 0: [.5, 1] + .5 · [10, 12]; row 1: 2 · [3, 4] - [3, 4]; plus the bias.
    expect([...logits!.data]).toEqual([5.75, 6.75, 3.25, 3.75]);
    expect(logits!.dims).toEqual([2, 2]);
    expect(Number(probabilities!.data[0]) + Number(probabilities!.data[1])).toBeCloseTo(1, 6);
    await session.close();
  });

  it('reads and writes the reshaping operators', async () => {
    const graph = createGraph('shapes');
    const x = graph.input('x', 'float32', ['B', 6]);
    const cube = reshape(x, [-1, 2, 3]);
    const product = matMul(cube, graph.constant(float32([3, 1], [1, 1, 1])));
    expect(product.shape).toEqual(['B', 2, 1]);
    graph.output('sums', squeeze(product, [2]));
    graph.output('twice', concat([x, cast(cast(x, 'int64'), 'float32')], 1));
    graph.output('x_again', x);
    const session = await createSession(toModel(graph), { threads: 1 });
    const {
      sums,
      twice,
      x_again: again,
    } = await session.run({ x: float32([1, 6], [1.5, 2, 3, 4, 5, 6]) });
    expect([...sums!.data]).toEqual([6.5, 15]);
    expect([...twice!.data].slice(6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...again!.data]).toEqual([1.5, 2, 3, 4, 5, 6]);
  });

  it('writes into the array that it is given', async () => {
    const session = await createSession(toModel(bagOfFeatures()), { threads: 1 });
    const into = float32([1, 2], [0, 0]);
    const { logits } = await session.run(
      { ids: int64([1, 1], [0]), values: float32([1, 1], [1]) },
      { logits: into },
    );
    expect(logits).toBe(into);
    expect([...into.data]).toEqual([0.75, 0.75]);
  });

  it('passes its own scan, dumps as text and refuses bad shapes in words', () => {
    const graph = bagOfFeatures();
    expect(scanModel(toModel(graph))).toMatchObject({ parameterCount: 16 });
    expect(dump(graph)).toContain('Gather_1: float32[B, L, 2] = Gather(DequantizeLinear_1, ids)');
    const [ids] = graph.inputs;
    expect(() => matMul(ids!, ids!)).toThrow(
      /MatMul got int64\[B, L\], int64\[B, L\]; the inner sizes/,
    );
  });

  it('is refused by ONNX Runtime in one sentence when it is no model', async () => {
    await expect(createSession(Uint8Array.of(1, 2, 3), { threads: 1 })).rejects.toMatchObject({
      code: 'onnx.malformed',
    });
  });
});
