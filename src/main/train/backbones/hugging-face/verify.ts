import { AppError } from '../../../../shared/errors.ts';
import { createGraph } from '../../../onnx/graph/graph.ts';
import { toModel } from '../../../onnx/graph/to-model.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../backbone.ts';
import { worstDifference } from '../imported/worst-difference.ts';
import { gatherRows, padTexts, type TokenBatch } from '../token-batch.ts';
import { probe } from './probe.ts';

/** Of unlike length, so that there is padding. */
const texts = [
  'A short one.',
  'Where is the card that I ordered two weeks ago, and what did it cost?',
];
/** Relative to the largest value; sums in another order differ by about 1e-6. */
const tolerance = 1e-4;

/**
 * Runs two texts through the original and through what was made of it, for a known and for an open batch shape, and
 * one of the greatest length through the original.
 * @throws AppError `onnx.unsupported` when they differ
 */
export async function verifyImport(
  backbone: Backbone,
  original: Message<'Model'>,
  output: string,
  padId: number,
): Promise<void> {
  const ids = texts.map((text) => backbone.tokenizer.encode(text));
  await assertReadsLongest(backbone.maxLength, ids[0]![0] ?? padId, original, output, padId); // of two texts
  const length = Math.max(...ids.map((text) => text.length));
  const batch = padTexts(ids, length);
  const [result] = await probe(original, [output], [batch], padId);
  const expected = result![output]!.data as Float32Array; // a float32 output of that one run
  for (const shape of [[batch.batch, length] as const, ['B', 'L'] as const]) {
    const difference = worstDifference(
      await runTokens(backbone, batch, shape),
      expected,
      (place) => batch.mask[Math.floor(place / backbone.tokenWidth)] !== 0,
    );
    if (!(difference < tolerance))
      throw new AppError(
        'onnx.unsupported',
        `The encoder could not be rebuilt for training: its vectors differ by ${difference.toPrecision(2)}. Use another export of it, with opset 17.`,
      );
  }
}

async function assertReadsLongest(
  length: number,
  id: number,
  original: Message<'Model'>,
  output: string,
  padId: number,
): Promise<void> {
  try {
    await probe(original, [output], [padTexts([new Int32Array(length).fill(id)], length)], padId);
  } catch (cause) {
    throw new AppError(
      'onnx.unsupported',
      `The encoder does not read texts of ${length} tokens, though its config.json says so. Correct "max_position_embeddings" there, or copy the encoder's whole folder again.`,
      { cause },
    );
  }
}

async function runTokens(
  backbone: Backbone,
  batch: TokenBatch,
  [b, l]: readonly [number | string, number | string],
): Promise<Float32Array> {
  const width = backbone.embeddings.dims[1]!; // [V, E]
  const graph = createGraph('verify');
  const { tokens } = await backbone.buildForward({
    rows: graph.input('rows', 'float32', [b, l, width]),
    mask: graph.input('mask', 'float32', [b, l]),
    parameter: (name) => graph.initialiser(name, backbone.parameters.get(name)!), // its own name
  });
  graph.output('tokens', tokens);
  const session = await createSession(toModel(graph), { threads: 1 });
  try {
    const rows = new Float32Array(batch.ids.length * width);
    gatherRows(backbone.embeddings, batch, rows);
    const outputs = await session.run({
      rows: createTensor('float32', [batch.batch, batch.length, width], rows),
      mask: createTensor('float32', [batch.batch, batch.length], batch.mask),
    });
    return outputs.tokens!.data as Float32Array; // the graph's only output, declared float32
  } finally {
    await session.close();
  }
}
