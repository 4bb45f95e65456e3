import { createRng } from '../../src/main/lib/rng.ts';
import { differentiate } from '../../src/main/onnx/autodiff.ts';
import { scalar } from '../../src/main/onnx/graph/apply.ts';
import { createGraph } from '../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { crossEntropy } from '../../src/main/onnx/losses/cross-entropy.ts';
import { clip } from '../../src/main/onnx/operators/clip.ts';
import { div } from '../../src/main/onnx/operators/div.ts';
import { gemm } from '../../src/main/onnx/operators/gemm.ts';
import { matMul } from '../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../src/main/onnx/operators/reduce-sum.ts';
import { squeeze } from '../../src/main/onnx/operators/squeeze.ts';
import { unsqueeze } from '../../src/main/onnx/operators/unsqueeze.ts';
import { toExamples } from '../../src/main/train/trainer/examples.ts';
import { type Bucket, TOKEN_TABLE, type TrainingPlan } from '../../src/main/train/trainer/plan.ts';
import { randomTensor } from './finite-differences.ts';

const [B, V, E, C] = [8, 40, 12, 3];

/** Mean of embeddings, dropout, one dense layer: the smallest model that uses every part of the trainer. */
function tinyBucket(length: number): Bucket {
  const build = (isTraining: boolean) => {
    const graph = createGraph('tiny');
    const weight = graph.input('weight', 'float32', [E, C]);
    const bias = graph.input('bias', 'float32', [C]);
    const rows = graph.input('rows', 'float32', [B, length, E]);
    const mask = graph.input('mask', 'float32', [B, length]);
    const sum = squeeze(matMul(unsqueeze(mask, [1]), rows), [1]);
    const mean = div(sum, clip(reduceSum(mask, [1]), scalar(mask, 1)));
    const kept = isTraining ? mul(mean, graph.input('kept', 'float32', [B, E])) : mean;
    const logits = gemm(kept, weight, bias);
    if (!isTraining) {
      graph.output('scores', logits);
      return toModel(graph);
    }
    const targets = graph.input('targets', 'float32', [B, C]);
    const rowWeights = graph.input('rowWeights', 'float32', [B]);
    const loss = crossEntropy(logits, targets, { rowWeights });
    graph.output('loss', loss);
    const learned = [weight, bias, rows];
    differentiate(loss, learned).forEach((gradient, i) => {
      graph.output(`d ${learned[i]!.name}`, gradient);
    });
    return toModel(graph);
  };
  return { length, training: build(true), scoring: build(false), activationBytes: 1e5 };
}

/** 64 made-up rows of 1 to 8 tokens; which third of the vocabulary is the most frequent is the class. */
export function tinyPlan(changes: Partial<TrainingPlan> = {}): TrainingPlan {
  const rng = createRng(4);
  const make = (count: number) => {
    const targets = Array.from({ length: count }, (_, i) => i % C);
    const tokens = targets.map((target) =>
      Int32Array.from({ length: 1 + rng.integer(8) }, () =>
        rng.next() < 0.7 ? target * 13 + rng.integer(13) : rng.integer(V),
      ),
    );
    const set = {
      classes: ['a', 'b', 'c'],
      inputs: targets.map(() => ({ text: '' })),
      targets,
      weights: targets.map(() => 1),
    };
    return toExamples(set, { tokens });
  };
  const examples = make(64);
  return {
    buckets: [tinyBucket(4), tinyBucket(8)],
    batchSize: B,
    classCount: C,
    parameters: [
      { name: 'weight', initial: randomTensor([E, C], -0.3, 0.3, rng), isDecayed: true },
      { name: 'bias', initial: randomTensor([C], 0, 1e-3, rng), isDecayed: false },
    ],
    tokenTable: {
      name: TOKEN_TABLE,
      initial: randomTensor([V, E], -1, 1, rng),
      isDecayed: false,
    },
    dropout: { width: E, ratio: 0.2 },
    examples,
    validation: { examples: make(24), patienceEpochs: 50 },
    epochs: 6,
    schedule: { peak: 0.03, shape: 'cosine', warmUpShare: 0.1 },
    weightDecay: 0.01,
    clipNorm: 1,
    seed: 11,
    threads: 1,
    ...changes,
  };
}
