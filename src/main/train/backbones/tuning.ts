import { createGraph, type Value } from '../../onnx/graph/graph.ts';
import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import { TOKEN_TABLE } from '../trainer/plan.ts';
import type { Backbone } from './backbone.ts';
import type { EncoderWeights } from './encoder-weights.ts';

/** A graph of an encoder that is trained: `input` adds a parameter more; `learned` are all that a gradient is asked of. */
export async function beginTuning(
  name: string,
  { parameters, embeddings, buildForward }: Backbone,
  batchSize: number,
  length: number,
) {
  const graph = createGraph(name);
  const learned: Value[] = [];
  const input = (own: string, dims: readonly number[]) => {
    const value = graph.input(own, 'float32', dims);
    learned.push(value);
    return value;
  };
  const encoded = await buildForward({
    rows: input('rows', [batchSize, length, embeddings.dims[1]!]), // an embedding table has two axes
    mask: graph.input('mask', 'float32', [batchSize, length]),
    parameter: (own) => input(own, parameters.get(own)!.dims), // the backbone's own names
  });
  return { graph, learned, input, encoded };
}

/** What a training made of an encoder and the parameters behind it. */
export function toEncoderWeights(
  embeddings: Tensor<'float32'>,
  initial: ReadonlyMap<string, Tensor<'float32'>>,
  arrays: Readonly<Record<string, Float32Array>>,
): EncoderWeights {
  const renew = (name: string, { dims }: Tensor) => createTensor('float32', dims, arrays[name]!); // all were trained
  return {
    embeddings: renew(TOKEN_TABLE, embeddings),
    parameters: new Map(Array.from(initial, ([name, tensor]) => [name, renew(name, tensor)])),
  };
}
