import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { differentiate } from '../../../src/main/onnx/autodiff.ts';
import { randomTensor } from '../../../src/main/onnx/gradient-check/operator-case.ts';
import { createGraph } from '../../../src/main/onnx/graph/graph.ts';
import { liveNodes } from '../../../src/main/onnx/graph/live-nodes.ts';
import { splitGraph } from '../../../src/main/onnx/graph/split-graph.ts';
import { toModel } from '../../../src/main/onnx/graph/to-model.ts';
import { layerNormalization } from '../../../src/main/onnx/operators/layer-normalization.ts';
import { matMul } from '../../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../../src/main/onnx/operators/reduce-sum.ts';
import { relu } from '../../../src/main/onnx/operators/relu.ts';
import { decodeModel } from '../../../src/main/onnx/protobuf/decode.ts';
import { createSession } from '../../../src/main/onnx/session.ts';
import type { Tensor } from '../../../src/main/onnx/tensor.ts';

const sizes = { x: [4, 5], w: [5, 6], scale: [6], bias: [6], v: [6, 3], dy: [4, 3] };

/** y = relu(norm(x w)) v and the gradients of Σ y dy, where dy comes in late. */
function buildGraph() {
  const graph = createGraph('two layers');
  const input = (name: keyof typeof sizes) => graph.input(name, 'float32', sizes[name]);
  const [x, w, scale, bias, v] = [
    input('x'),
    input('w'),
    input('scale'),
    input('bias'),
    input('v'),
  ];
  const y = matMul(relu(layerNormalization(matMul(x, w), scale, bias, 1e-6)), v);
  graph.output('y', y);
  const dy = input('dy');
  const learned = [w, scale, bias, v];
  differentiate(reduceSum(mul(y, dy), undefined, false), learned).forEach((gradient, i) => {
    graph.output(`d ${learned[i]!.name}`, gradient);
  });
  return { graph, dy };
}

async function run(model: Uint8Array, feeds: Readonly<Record<string, Tensor>>) {
  const session = await createSession(model, { threads: 1 });
  const given = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!]));
  return session.run(given).finally(() => session.close());
}

describe('a split graph', () => {
  it('gives in two runs what the whole gives in one, and computes nothing twice', async () => {
    const { graph, dy } = buildGraph();
    const { early, late, kept } = splitGraph(graph, [dy]);
    const rng = createRng(3);
    const feeds = Object.fromEntries(
      Object.entries(sizes).map(([name, dims]) => [name, randomTensor(dims, -1, 1, rng)]),
    );
    const whole = await run(toModel(graph), feeds);
    const first = await run(early, feeds);
    expect(Object.keys(first).sort()).toEqual(['y', ...kept.map(({ name }) => name)].sort());
    const second = await run(late, { ...feeds, ...first });
    expect(first.y).toEqual(whole.y);
    for (const name of ['d w', 'd scale', 'd bias', 'd v'])
      expect(second[name]).toEqual(whole[name]);

    const count = (model: Uint8Array) => decodeModel(model).graph!.nodes!.length;
    expect(count(early) + count(late)).toBe(liveNodes(graph).length);
    expect(count(early)).toBeLessThan(count(late));
  });

  it('is refused where a kept value has no size yet', () => {
    const graph = createGraph('open');
    const x = graph.input('x', 'float32', ['B', 2]);
    const dy = graph.input('dy', 'float32', ['B', 2]);
    const y = relu(x);
    graph.output('y', y);
    graph.output('z', mul(y, dy));
    expect(() => splitGraph(graph, [dy])).toThrow(/Relu_1 is of shape \[B, 2\].*fixed shape/);
  });
});
