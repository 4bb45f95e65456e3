import { throwIfCancelled } from '../../../shared/errors.ts';
import { unwatched, type Work } from '../../lib/work.ts';
import { createGraph } from '../../onnx/graph/graph.ts';
import { toModel } from '../../onnx/graph/to-model.ts';
import { createSession } from '../../onnx/session.ts';
import { createTensor } from '../../onnx/tensor.ts';
import { pauseWhenDue } from '../pause.ts';
import type { Backbone } from './backbone.ts';
import { gatherRows, padTexts } from './token-batch.ts';

/** A frozen backbone, ready to turn texts into vectors. */
export interface Encoder {
  /** S */
  readonly width: number;
  /** One sentence vector a text, in their order. Shapes: [N, S], row-major. @throws AppError `app.cancelled` */
  embed(texts: readonly string[], work?: Work): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Tokens a run: enough to keep the matrix products busy, few enough to cancel within 50 ms. */
const tokensPerRun = 256;

/** Loads a backbone for inference. Texts of like length run together, so that little is padding. */
export async function createEncoder(
  backbone: Backbone,
  { threads }: { readonly threads: number },
): Promise<Encoder> {
  const { embeddings, tokenizer, sentenceWidth: width } = backbone;
  const rowWidth = embeddings.dims[1]!; // an embedding table has two dimensions
  const graph = createGraph(backbone.id);
  const { sentence } = await backbone.buildForward({
    rows: graph.input('rows', 'float32', ['B', 'L', rowWidth]),
    mask: graph.input('mask', 'float32', ['B', 'L']),
    parameter: (name) => graph.initialiser(name, backbone.parameters.get(name)!), // its own name
  });
  graph.output('sentence', sentence);
  const session = await createSession(toModel(graph), { threads });

  async function embedBatch(texts: readonly Int32Array[]): Promise<Float32Array> {
    const length = texts.reduce((longest, text) => Math.max(longest, text.length), 1);
    const batch = padTexts(texts, length);
    const rows = new Float32Array(batch.ids.length * rowWidth);
    gatherRows(embeddings, batch, rows);
    const outputs = await session.run({
      rows: createTensor('float32', [batch.batch, length, rowWidth], rows),
      mask: createTensor('float32', [batch.batch, length], batch.mask),
    });
    return outputs.sentence!.data as Float32Array; // the graph's only output, declared float32
  }

  return {
    width,
    async embed(texts, work = unwatched) {
      const result = new Float32Array(texts.length * width);
      const pause = pauseWhenDue(work.signal);
      const encoded: Int32Array[] = [];
      for (const text of texts) {
        encoded.push(tokenizer.encode(text));
        await pause();
      }
      const order = Array.from(encoded.keys()).sort(
        (a, b) => encoded[a]!.length - encoded[b]!.length,
      );
      for (let done = 0; done < order.length; ) {
        throwIfCancelled(work.signal);
        const rows = takeRun(order, done, (row) => encoded[row]!.length);
        const vectors = await embedBatch(rows.map((row) => encoded[row]!));
        for (const [i, row] of rows.entries())
          result.set(vectors.subarray(i * width, (i + 1) * width), row * width);
        done += rows.length;
        work.report({ done, total: texts.length, message: 'Encoding texts' });
        await pause();
      }
      return result;
    },
    close: () => session.close(),
  };
}

/** The next rows, in order of length, whose padded tokens fit one run. At least one. */
function takeRun(
  order: readonly number[],
  start: number,
  lengthOf: (row: number) => number,
): readonly number[] {
  let end = start + 1;
  while (end < order.length && (end + 1 - start) * lengthOf(order[end]!) <= tokensPerRun) end++;
  return order.slice(start, end);
}
