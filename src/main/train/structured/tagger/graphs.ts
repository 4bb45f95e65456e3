import { differentiate } from '../../../onnx/autodiff.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { splitGraph } from '../../../onnx/graph/split-graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { mul } from '../../../onnx/operators/mul.ts';
import { reduceSum } from '../../../onnx/operators/reduce-sum.ts';
import { split } from '../../../onnx/operators/split.ts';
import { unsqueeze } from '../../../onnx/operators/unsqueeze.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { beginTuning } from '../../backbones/tuning.ts';
import { activationBytesOf } from '../../trainer/activations.ts';
import type { Bucket } from '../../trainer/plan.ts';
import { buildHeads, type HeadSizes, headShapes } from './heads.ts';

/**
 * The trainer's graphs for texts of up to L pieces. The gradient in the scores comes from the objective: training is
 * split where it comes in, with L = Σ score · d score in between, whose gradient is the one wanted.
 */
export async function createTaggerBucket(
  backbone: Backbone,
  length: number,
  batchSize: number,
  sizes: HeadSizes,
): Promise<Bucket> {
  const { sentenceWidth: S, tokenWidth: D } = backbone;
  const shapes: Readonly<Record<string, readonly number[]>> = headShapes(S, D, sizes);

  async function build(isTraining: boolean) {
    const { graph, learned, input, encoded } = await beginTuning(
      'tagger',
      backbone,
      batchSize,
      length,
    );
    const scores = buildHeads({
      ...encoded,
      pooling: graph.input('pooling', 'float32', [batchSize, length, length]),
      sentenceWidth: S,
      parameter: (name) => input(name, shapes[name]!), // asked by these names
      ...(isTraining
        ? { kept: readKept(graph.input('kept', 'float32', [batchSize, S + D]), S, D) }
        : {}),
    });
    for (const [name, score] of Object.entries(scores)) graph.output(name, score);
    return { graph, learned, scores };
  }

  const { graph, learned, scores } = await build(true);
  const given = Object.entries(scores).map(([name, { shape }]) =>
    graph.input(`d ${name}`, 'float32', shape),
  );
  const loss = Object.values(scores)
    .map((score, i) => reduceSum(mul(score, given[i]!), undefined, false))
    .reduce((sum, term) => add(sum, term));
  differentiate(loss, learned).forEach((gradient, i) => {
    graph.output(`d ${learned[i]!.name}`, gradient);
  });
  const { early, late, kept } = splitGraph(graph, given);
  return {
    length,
    training: early,
    backward: { model: late, kept },
    scoring: toModel((await build(false)).graph),
    activationBytes: activationBytesOf(graph),
  };
}

/** One draw for the sentence vector, one for all words alike. */
function readKept(kept: Value, sentenceWidth: number, tokenWidth: number) {
  const [sentence, words] = split(kept, [sentenceWidth, tokenWidth], 1) as [Value, Value]; // in two
  return { sentence, words: unsqueeze(words, [1]) };
}
