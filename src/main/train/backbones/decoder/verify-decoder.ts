import { AppError } from '../../../../shared/errors.ts';
import { createGraph, type Value } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import { add } from '../../../onnx/operators/add.ts';
import { matMul } from '../../../onnx/operators/mat-mul.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import { worstDifference } from '../imported/worst-difference.ts';
import { gatherRows } from '../token-batch.ts';
import type { Decoder } from './decoder.ts';
import { emptyCache, tokenFeeds } from './feeds.ts';

const [BATCH, LENGTH] = [2, 7];
/** Relative to the largest score; sums in another order differ by about 1e-6. */
const TOLERANCE = 1e-4;

/**
 * Runs some ids through the original and through what was made of it, and compares the scores of the next token.
 * @throws AppError `onnx.unsupported` when they differ
 */
export async function verifyDecoder(decoder: Decoder, bytes: Uint8Array): Promise<void> {
  const { embeddings, products, head, tokenInputs, cache } = decoder;
  const [vocabulary, width] = embeddings.dims as readonly [number, number]; // [V, D]
  const ids = Int32Array.from({ length: BATCH * LENGTH }, (_, i) => (i * 7919 + 13) % vocabulary);

  const graph = createGraph('verify');
  const rows = graph.input('rows', 'float32', [BATCH, LENGTH, width]);
  const known = new Map<string, Value>();
  const parameter = (name: string) => {
    const value = known.get(name) ?? graph.initialiser(name, products.get(name)!); // its own name
    known.set(name, value);
    return value;
  };
  const hidden = await decoder.buildForward({
    rows,
    parameter,
    multiply: (x, name) => matMul(x, parameter(name)),
  });
  const scores = matMul(hidden, graph.initialiser('head', head.weight));
  graph.output('logits', head.bias ? add(scores, graph.constant(head.bias)) : scores);

  const batch = { batch: BATCH, length: LENGTH, ids, mask: new Float32Array(ids.length).fill(1) };
  const vectors = new Float32Array(ids.length * width);
  gatherRows(embeddings, batch, vectors);
  const actual = await run(toModel(graph), {
    rows: createTensor('float32', [BATCH, LENGTH, width], vectors),
  });
  const expected = await run(bytes, {
    ...tokenFeeds(tokenInputs, { ids, batch: BATCH, length: LENGTH, past: 0 }),
    ...emptyCache(cache, BATCH),
  });
  const difference = worstDifference(actual, expected);
  if (!(difference < TOLERANCE))
    throw new AppError(
      'onnx.unsupported',
      `The model could not be rebuilt for training: its scores differ by ${difference.toPrecision(2)}. Use a plain fp32 export of it with opset 17.`,
    );
}

async function run(
  model: Uint8Array,
  feeds: Parameters<Awaited<ReturnType<typeof createSession>>['run']>[0],
): Promise<Float32Array> {
  const session = await createSession(model, { threads: 1 });
  try {
    return (await session.run(feeds)).logits!.data as Float32Array; // both give it as float32
  } finally {
    await session.close();
  }
}
