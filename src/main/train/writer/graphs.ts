import { differentiate } from '../../onnx/autodiff.ts';
import { createGraph, type Graph, type Value } from '../../onnx/graph/graph.ts';
import { toModel } from '../../onnx/graph/to-model.ts';
import { crossEntropy } from '../../onnx/losses/cross-entropy.ts';
import { add } from '../../onnx/operators/add.ts';
import { gather } from '../../onnx/operators/gather.ts';
import { matMul } from '../../onnx/operators/mat-mul.ts';
import { reduceSum } from '../../onnx/operators/reduce-sum.ts';
import { reshape } from '../../onnx/operators/reshape.ts';
import type { ParameterSpec } from '../../onnx/optimisers/parameter-memory.ts';
import type { Tensor } from '../../onnx/tensor.ts';
import type { Decoder } from '../backbones/decoder/decoder.ts';
import { activationBytesOf } from '../trainer/activations.ts';
import type { Bucket } from '../trainer/plan.ts';
import { type AdapterSettings, multiplyAdapted } from './adapters.ts';

/** The name of the head among the frozen arrays; those of layers are the model's own. */
const HEAD = 'stillroom.head';

/** What the graphs of all lengths read and never change: one memory serves them all. */
export function frozenOf({ products, head }: Decoder): Readonly<Record<string, Tensor<'float32'>>> {
  return { ...Object.fromEntries(products), [HEAD]: head.weight };
}

export interface WriterGraphSizes {
  readonly batchSize: number;
  /** T, the most tokens that a batch says. */
  readonly slots: number;
  readonly settings: AdapterSettings;
}

/** The graphs of one length: they learn to say the tokens of the outputs, and nothing of the prompts. */
export async function createWriterBucket(
  decoder: Decoder,
  adapters: readonly ParameterSpec[],
  length: number,
  sizes: WriterGraphSizes,
): Promise<Bucket> {
  const training = await buildLoss(decoder, adapters, length, sizes, true);
  differentiate(training.loss, training.learned).forEach((gradient, i) => {
    training.graph.output(`d ${training.learned[i]!.name}`, gradient); // one of each
  });
  const scoring = await buildLoss(decoder, adapters, length, sizes, false);
  scoring.graph.output('mass', reduceSum(scoring.weights, undefined, false));
  return {
    length,
    saidSlots: sizes.slots,
    training: toModel(training.graph),
    scoring: toModel(scoring.graph),
    activationBytes: activationBytesOf(training.graph),
  };
}

async function buildLoss(
  decoder: Decoder,
  adapters: readonly ParameterSpec[],
  length: number,
  { batchSize, slots, settings }: WriterGraphSizes,
  isTraining: boolean,
): Promise<{
  readonly graph: Graph;
  readonly loss: Value;
  readonly weights: Value;
  readonly learned: readonly Value[];
}> {
  const graph = createGraph('writer');
  const learned = adapters.map(({ name, initial }) => graph.input(name, 'float32', initial.dims));
  const known = new Map(learned.map((value) => [value.name, value]));
  const frozen = frozenOf(decoder);
  const parameter = (name: string) => {
    const value = known.get(name) ?? graph.input(name, 'float32', frozen[name]!.dims); // one of the two
    known.set(name, value);
    return value;
  };
  const width = decoder.embeddings.dims[1]!; // [V, D]
  const rows = graph.input('rows', 'float32', [batchSize, length, width]);
  const ranks = settings.rank * decoder.adaptable.length;
  const isDropped = isTraining && settings.dropout > 0;
  const kept = isDropped ? graph.input('kept', 'float32', [batchSize, ranks]) : undefined;
  const hidden = await decoder.buildForward({
    rows,
    parameter,
    multiply: multiplyAdapted(decoder, settings, parameter, { size: batchSize, length, kept }),
  });
  // Only where something is to be said: scores of a whole vocabulary are the largest arrays of all.
  const places = graph.input('places', 'int64', [slots]);
  const said = gather(reshape(hidden, [batchSize * length, width]), places, 0);
  const scores = matMul(said, parameter(HEAD));
  const { bias } = decoder.head;
  const weights = graph.input('tokenWeights', 'float32', [slots]);
  const loss = crossEntropy(
    bias ? add(scores, graph.constant(bias)) : scores,
    graph.input('next', 'int64', [slots]),
    { rowWeights: weights },
  );
  graph.output('loss', loss);
  return { graph, loss, weights, learned };
}
