import { apply } from '../../onnx/graph/apply.ts';
import { createGraph, type Value } from '../../onnx/graph/graph.ts';
import { toModel } from '../../onnx/graph/to-model.ts';
import { matMul } from '../../onnx/operators/mat-mul.ts';
import { neg } from '../../onnx/operators/neg.ts';
import { ReduceMax } from '../../onnx/operators/reduce-max.ts';
import { createSession } from '../../onnx/session.ts';
import { createTensor, type Tensor } from '../../onnx/tensor.ts';
import type { Backbone } from './backbone.ts';
import type { EncoderWeights } from './encoder-weights.ts';
import { gatherRows, padTexts } from './token-batch.ts';

/** Between what bounds the left side of a product stays; 0 is within. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Of each product with a parameter, by the parameter's name. */
export type InputRanges = ReadonlyMap<string, Range>;

/** The ranges hardly grow after so many texts. */
const MOST_TEXTS = 128;

/** As many entries as are measured, evenly from all of a list. */
export function takeMeasured<T>(list: readonly T[]): T[] {
  const step = Math.max(1, list.length / MOST_TEXTS);
  const count = Math.min(list.length, MOST_TEXTS);
  return Array.from({ length: count }, (_, i) => list[Math.floor(i * step)]!); // within the list
}

/**
 * What each of an encoder's products is fed when it reads these texts, one at a time: a batch would bring padding.
 * Shapes: each text [L], at most 128 of them.
 */
export async function measureInputRanges(
  { embeddings, parameters }: EncoderWeights,
  backbone: Backbone,
  texts: readonly Int32Array[],
): Promise<InputRanges> {
  const width = embeddings.dims[1]!; // an embedding table has two axes
  const graph = createGraph('ranges');
  /** The parameter of each product, in the order of the outputs; layers may share one. */
  const names: string[] = [];
  const known = new Map<string, Value>();
  const largest = (x: Value) => apply(ReduceMax, [x], { keepdims: 0 });
  const parameter = (name: string) => {
    const value = known.get(name) ?? graph.initialiser(name, parameters.get(name)!); // the backbone's own names
    known.set(name, value);
    return value;
  };
  const { sentence } = await backbone.buildForward({
    rows: graph.input('rows', 'float32', ['B', 'L', width]),
    mask: graph.input('mask', 'float32', ['B', 'L']),
    parameter,
    multiply(x, name) {
      graph.output(`high ${names.length}`, largest(x));
      graph.output(`-low ${names.length}`, largest(neg(x)));
      names.push(name);
      return matMul(x, parameter(name));
    },
  });
  graph.output('sentence', sentence);

  const session = await createSession(toModel(graph), { threads: 1 });
  const bounds = new Map<string, number>();
  const widen = (bound: string, found: Tensor | undefined) =>
    bounds.set(bound, Math.max(bounds.get(bound) ?? 0, Number(found!.data[0]))); // an output of the graph
  try {
    for (const text of texts) {
      const batch = padTexts([text], Math.max(1, text.length));
      const rows = new Float32Array(batch.length * width);
      gatherRows(embeddings, batch, rows);
      const result = await session.run({
        rows: createTensor('float32', [1, batch.length, width], rows),
        mask: createTensor('float32', [1, batch.length], batch.mask),
      });
      names.forEach((name, i) => {
        widen(`high ${name}`, result[`high ${i}`]);
        widen(`-low ${name}`, result[`-low ${i}`]);
      });
    }
  } finally {
    await session.close();
  }
  return new Map(
    names.map((name) => [
      name,
      { low: -(bounds.get(`-low ${name}`) ?? 0), high: bounds.get(`high ${name}`) ?? 0 },
    ]),
  );
}
