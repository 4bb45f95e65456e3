import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { differentiate } from '../../../src/main/onnx/autodiff.ts';
import { randomTensor } from '../../../src/main/onnx/gradient-check/operator-case.ts';
import { createGraph } from '../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../src/main/onnx/graph/to-model.ts';
import { crossEntropy } from '../../../src/main/onnx/losses/cross-entropy.ts';
import { add } from '../../../src/main/onnx/operators/add.ts';
import { dequantizeLinear } from '../../../src/main/onnx/operators/dequantize-linear.ts';
import { dropout } from '../../../src/main/onnx/operators/dropout.ts';
import { gemm } from '../../../src/main/onnx/operators/gemm.ts';
import { matMul } from '../../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../../src/main/onnx/operators/reduce-sum.ts';
import { reshape } from '../../../src/main/onnx/operators/reshape.ts';
import { tanh } from '../../../src/main/onnx/operators/tanh.ts';
import { createAdamW } from '../../../src/main/onnx/optimisers/adam-w.ts';
import { createSession } from '../../../src/main/onnx/session.ts';
import { float32, int64 } from '../../../src/main/onnx/tensor.ts';

describe('differentiate', () => {
  it('adds up what comes back from every reader of a value', async () => {
    const graph = createGraph('sum');
    const x = graph.input('x', 'float32', [3]);
    // L = Σ (x² + 2x) is read three times  =>  dL/dx = 2x + 2
    const loss = reduceSum(add(mul(x, x), add(x, x)), undefined, false);
    const [dx] = differentiate(loss, [x]);
    graph.output('dx', dx!);
    const session = await createSession(toModel(graph), { threads: 1 });
    const { dx: result } = await session.run({ x: float32([3], [0.5, -1, 3]) });
    expect([...result!.data]).toEqual([3, 0, 8]);
  });

  it('uses the mask of the very dropout that ran forward', async () => {
    const graph = createGraph('dropout');
    const x = graph.input('x', 'float32', [1000]);
    const y = dropout(x, 0.25, 11);
    graph.output('y', y);
    graph.output('dx', differentiate(reduceSum(y, undefined, false), [x])[0]!);
    const session = await createSession(toModel(graph), { threads: 1 });
    const { y: kept, dx } = await session.run({ x: float32([1000], new Array(1000).fill(2)) });
    // y = 2 m / (1 - p)  =>  dy/dx = y / 2
    for (const [i, value] of dx!.data.entries())
      expect(Number(value)).toBeCloseTo(Number(kept!.data[i]) / 2, 6);
    expect(kept!.data.filter((value) => value === 0).length / 1000).toBeCloseTo(0.25, 1);
  });

  it('says which operator has no gradient, and which parameter the loss does not reach', () => {
    const graph = createGraph('errors');
    const x = graph.input('x', 'float32', ['B', 3]);
    const sum = reduceSum(x, undefined, false);
    const scale = graph.input('scale', 'float32', []);
    const bytes = graph.constant({ type: 'int8', dims: [2], data: Int8Array.of(1, 2) });
    const quantized = reduceSum(dequantizeLinear(bytes, scale), undefined, false);
    expect(() => differentiate(quantized, [scale])).toThrow(
      /through DequantizeLinear, which has no gradient: integer weights/,
    );
    const other = graph.input('other', 'float32', [2]);
    expect(() => differentiate(sum, [x, other])).toThrow(/does not depend on the parameter other/);
    expect(() => differentiate(x, [x])).toThrow(/a loss is one number/);
  });
});

describe('training end to end', () => {
  /** A two-layer network on any batch size, in one graph with its loss and gradients. */
  function trainingGraph() {
    const graph = createGraph('mlp');
    const x = graph.input('x', 'float32', ['B', 2, 1]);
    const targets = graph.input('targets', 'int64', ['B']);
    const names = ['w1', 'b1', 'w2', 'b2'];
    const shapes = [[2, 8], [8], [8, 2], [2]];
    const parameters = names.map((name, i) => graph.input(name, 'float32', shapes[i]!));
    const [w1, b1, w2, b2] = parameters as [typeof x, typeof x, typeof x, typeof x]; // four names
    const hidden = tanh(add(matMul(reshape(x, ['B', 2]), w1), b1));
    const loss = crossEntropy(gemm(hidden, w2, b2), targets);
    graph.output('loss', loss);
    const gradients = differentiate(loss, parameters);
    for (const [i, name] of names.entries()) graph.output(`d ${name}`, gradients[i]!);
    return { model: toModel(graph), names, shapes };
  }

  it('learns XOR on memory that the runtime and the optimiser share', async () => {
    const { model, names, shapes } = trainingGraph();
    const rng = createRng(2);
    const adamW = createAdamW(
      names.map((name, i) => ({
        name,
        initial: randomTensor(shapes[i]!, -1, 1, rng),
        isDecayed: name.startsWith('w'),
      })),
    );
    const into = Object.fromEntries(names.map((name) => [`d ${name}`, adamW.gradients[name]!]));
    const session = await createSession(model, { threads: 1 });
    const data = {
      x: float32([4, 2, 1], [0, 0, 0, 1, 1, 0, 1, 1]),
      targets: int64([4], [0, 1, 1, 0]),
    };
    const lossOf = async () =>
      Number((await session.run({ ...data, ...adamW.parameters }, into)).loss!.data[0]);
    const before = await lossOf();
    for (let step = 0; step < 200; step++) {
      await lossOf();
      adamW.step(0.05);
    }
    expect(before).toBeGreaterThan(0.5);
    expect(await lossOf()).toBeLessThan(0.02);
  });
});
