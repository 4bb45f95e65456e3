import { createRng } from '../../src/main/lib/rng.ts';
import { differentiate } from '../../src/main/onnx/autodiff.ts';
import { randomTensor } from '../../src/main/onnx/gradient-check/operator-case.ts';
import { scalar } from '../../src/main/onnx/graph/apply.ts';
import { createGraph, type Graph, type Value } from '../../src/main/onnx/graph/graph.ts';
import { splitGraph } from '../../src/main/onnx/graph/split-graph.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { binaryCrossEntropy } from '../../src/main/onnx/losses/binary-cross-entropy.ts';
import { crossEntropy } from '../../src/main/onnx/losses/cross-entropy.ts';
import { add } from '../../src/main/onnx/operators/add.ts';
import { clip } from '../../src/main/onnx/operators/clip.ts';
import { div } from '../../src/main/onnx/operators/div.ts';
import { gemm } from '../../src/main/onnx/operators/gemm.ts';
import { matMul } from '../../src/main/onnx/operators/mat-mul.ts';
import { mul } from '../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../src/main/onnx/operators/reduce-sum.ts';
import { squeeze } from '../../src/main/onnx/operators/squeeze.ts';
import { unsqueeze } from '../../src/main/onnx/operators/unsqueeze.ts';
import { float32 } from '../../src/main/onnx/tensor.ts';
import { transitionShapes } from '../../src/main/train/structured/tagger/form-objective.ts';
import { createLayout } from '../../src/main/train/structured/tagger/layout.ts';
import type { Examples } from '../../src/main/train/trainer/example-lists.ts';
import { toExamples } from '../../src/main/train/trainer/examples.ts';
import { type Bucket, TOKEN_TABLE, type TrainingPlan } from '../../src/main/train/trainer/plan.ts';

const [B, V, E, C] = [8, 40, 12, 3];

/** Mean of embeddings, dropout, one dense layer: the smallest model that uses every part of the trainer. */
function buildTiny(length: number, isTraining: boolean) {
  const graph = createGraph('tiny');
  const weight = graph.input('weight', 'float32', [E, C]);
  const bias = graph.input('bias', 'float32', [C]);
  const rows = graph.input('rows', 'float32', [B, length, E]);
  const mask = graph.input('mask', 'float32', [B, length]);
  const sum = squeeze(matMul(unsqueeze(mask, [1]), rows), [1]);
  const mean = div(sum, clip(reduceSum(mask, [1]), scalar(mask, 1)));
  const kept = isTraining ? mul(mean, graph.input('kept', 'float32', [B, E])) : mean;
  return { graph, rows, learned: [weight, bias, rows], logits: gemm(kept, weight, bias) };
}

function giveGradients(graph: Graph, loss: Value, learned: readonly Value[]): void {
  differentiate(loss, learned).forEach((gradient, i) => {
    graph.output(`d ${learned[i]!.name}`, gradient);
  });
}

function tinyBucket(length: number, measure = crossEntropy): Bucket {
  const { graph, learned, logits } = buildTiny(length, true);
  const targets = graph.input('targets', 'float32', [B, C]);
  const rowWeights = graph.input('rowWeights', 'float32', [B]);
  const loss = measure(logits, targets, { rowWeights });
  graph.output('loss', loss);
  giveGradients(graph, loss, learned);
  const scoring = buildTiny(length, false);
  scoring.graph.output('scores', scoring.logits);
  return {
    length,
    training: toModel(graph),
    scoring: toModel(scoring.graph),
    activationBytes: 1e5,
  };
}

/** The same model, its loss computed by an objective: the logits are those of the frame, and there is one tag only. */
function tinyBucketInHalves(length: number): Bucket {
  const build = (isTraining: boolean) => {
    const { logits, rows, ...tiny } = buildTiny(length, isTraining);
    const scores = { scores: logits, emissions: reduceSum(rows, [2]) };
    for (const [name, score] of Object.entries(scores)) tiny.graph.output(name, score);
    return { ...tiny, scores };
  };
  const { graph, learned, scores } = build(true);
  const given = Object.entries(scores).map(
    ([name, score]) => [score, graph.input(`d ${name}`, 'float32', score.shape)] as const,
  );
  const terms = given.map(([score, gradient]) => reduceSum(mul(score, gradient), undefined, false));
  giveGradients(
    graph,
    terms.reduce((sum, term) => add(sum, term)),
    learned,
  );
  const { early, late, kept } = splitGraph(
    graph,
    given.map(([, gradient]) => gradient),
  );
  return {
    length,
    training: early,
    backward: { model: late, kept },
    scoring: toModel(build(false).graph),
    activationBytes: 1e5,
  };
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

/** Rows with none, one or several of the classes, each a question of its own: those whose tokens are in the row. */
export function tinyPlanOfSeveral(): TrainingPlan {
  const rng = createRng(5);
  const targets = Array.from({ length: 96 }, (_, i) =>
    Array.from({ length: C }, (_, classIndex) => ({ classIndex, share: 1 })).filter(
      ({ classIndex }) => (i >> classIndex) & 1,
    ),
  );
  const tokens = targets.map((target) =>
    Int32Array.from([
      39,
      ...target.flatMap(({ classIndex }) => [0, 1].map(() => classIndex * 13 + rng.integer(13))),
    ]),
  );
  const set = {
    classes: ['a', 'b', 'c'],
    inputs: targets.map(() => ({ text: '' })),
    targets,
    weights: targets.map(() => 1),
  };
  const { validation: _, ...plan } = tinyPlan({ epochs: 40 });
  const buckets = [tinyBucket(4, binaryCrossEntropy), tinyBucket(8, binaryCrossEntropy)];
  return { ...plan, buckets, examples: toExamples(set, { tokens }) };
}

/** The same training by an objective. */
export function tinyPlanInHalves(changes: Partial<TrainingPlan> = {}): TrainingPlan {
  const plan = tinyPlan();
  const layout = createLayout({
    form: {
      slots: [],
      frames: ['a', 'b', 'c'].map((name) => ({
        name,
        description: '',
        slots: [],
        required: [],
        objects: [],
      })),
      hasNone: false,
    },
    slots: [],
  });
  const transitions = Object.entries(transitionShapes(layout.tagSet.count));
  // The classes are the frames, and the head of the frame is the first.
  const withAnswers = (examples: Examples): Examples => {
    const { starts, classes } = examples.targets;
    const asked = { starts, ids: new Int32Array(classes.length) };
    return { ...examples, asked, answers: { starts, ids: classes } };
  };
  return {
    ...plan,
    examples: withAnswers(plan.examples),
    validation: { ...plan.validation!, examples: withAnswers(plan.validation!.examples) },
    buckets: [tinyBucketInHalves(4), tinyBucketInHalves(8)],
    parameters: [
      ...plan.parameters,
      ...transitions.map(([name, dims]) => {
        const initial = float32(dims, [0]);
        return { name, initial, isDecayed: false };
      }),
    ],
    objective: { kind: 'form', tagSet: layout.tagSet, heads: layout.heads },
    ...changes,
  };
}
