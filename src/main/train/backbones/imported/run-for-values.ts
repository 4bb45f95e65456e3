import { encodeModel } from '../../../onnx/protobuf/encode.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { createSession } from '../../../onnx/session.ts';
import type { Tensor } from '../../../onnx/tensor.ts';

type Arrays = Readonly<Record<string, Tensor>>;

/** Runs a foreign model, unoptimised, for some of the values inside it, once for each set of feeds. */
export async function runForValues(
  model: Message<'Model'>,
  names: readonly string[],
  feeds: readonly Arrays[],
): Promise<readonly Arrays[]> {
  const { graph } = model;
  if (!graph || names.length === 0) return feeds.map(() => ({}));
  // The runtime infers the types of outputs that state none.
  const outputs = names.map((name) => ({ name }));
  const bytes = encodeModel({ ...model, graph: { ...graph, outputs, valueInfo: [] } });
  const session = await createSession(bytes, { threads: 1, optimisation: 'disabled' });
  try {
    const results: Arrays[] = [];
    for (const one of feeds) results.push(await session.run(one));
    return results;
  } finally {
    await session.close();
  }
}
