import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differentiate } from '../../../src/main/onnx/autodiff.ts';
import { createGraph, type Value } from '../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../src/main/onnx/graph/to-model.ts';
import { crossEntropy } from '../../../src/main/onnx/losses/cross-entropy.ts';
import { gemm } from '../../../src/main/onnx/operators/gemm.ts';
import { createSession } from '../../../src/main/onnx/session.ts';
import { float32, int64, type Tensor } from '../../../src/main/onnx/tensor.ts';
import { encoderLayer, pool } from '../../helpers/transformer.ts';

interface Fixture {
  readonly sizes: { B: number; L: number; D: number; H: number; C: number };
  readonly mask: readonly number[];
  readonly targets: readonly number[];
  readonly classWeights: readonly number[];
  readonly labelSmoothing: number;
  readonly loss: number;
  readonly parameters: Readonly<
    Record<string, { dims: number[]; values: number[]; gradient: number[] }>
  >;
}

const folder = new URL('../../fixtures/onnx/transformer/', import.meta.url);
const fixture: Fixture = JSON.parse(readFileSync(new URL('transformer.json', folder), 'utf8'));
const names = Object.keys(fixture.parameters);

/** The fixture's model with its loss and all gradients as outputs. */
function trainingGraph() {
  const { sizes, labelSmoothing, classWeights } = fixture;
  const graph = createGraph('transformer');
  const weights = new Map(
    Object.entries(fixture.parameters).map(([name, { dims }]): [string, Value] => [
      name,
      graph.input(name, 'float32', dims),
    ]),
  );
  const weight = (name: string) => weights.get(name)!;
  const mask = graph.input('mask', 'float32', [sizes.B, sizes.L]);
  const targets = graph.input('targets', 'int64', [sizes.B]);
  let x = weight('x');
  for (const layer of [0, 1])
    x = encoderLayer(x, mask, sizes, (name) => weight(`layer${layer}.${name}`));
  const logits = gemm(pool(x, mask), weight('head.weight'), weight('head.bias'));
  const loss = crossEntropy(logits, targets, {
    labelSmoothing,
    classWeights: graph.constant(float32([sizes.C], classWeights)),
  });
  graph.output('loss', loss);
  for (const [i, gradient] of differentiate(loss, [...weights.values()]).entries())
    graph.output(`d ${names[i]}`, gradient);
  return graph;
}

describe.each(['disabled', 'all'] as const)(
  'a small transformer, optimisation %s',
  (optimisation) => {
    it('has the loss and the gradients that PyTorch gives', async () => {
      const { sizes, parameters } = fixture;
      const feeds: Record<string, Tensor> = {
        mask: float32([sizes.B, sizes.L], fixture.mask),
        targets: int64([sizes.B], fixture.targets),
      };
      for (const [name, { dims, values }] of Object.entries(parameters))
        feeds[name] = float32(dims, values);
      const session = await createSession(toModel(trainingGraph()), { threads: 1, optimisation });
      const results = await session.run(feeds);

      expect(Number(results.loss!.data[0])).toBeCloseTo(fixture.loss, 5);
      let worst = 0;
      for (const [name, { dims, gradient }] of Object.entries(parameters)) {
        const { data, dims: shape } = results[`d ${name}`]!;
        expect(shape).toEqual(dims);
        const scale = Math.max(...gradient.map(Math.abs));
        // A bias before the softmax moves all scores of a row alike, so its true gradient may be zero.
        for (const [i, expected] of gradient.entries())
          worst = Math.max(worst, Math.abs(Number(data[i]) - expected) / Math.max(scale, 1e-2));
      }
      expect(worst).toBeLessThan(1e-5);
    });
  },
);
