import { AppError } from '../../../../shared/errors.ts';
import { encodeModel } from '../../../onnx/protobuf/encode.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor, dataTypeOfCode, type Tensor } from '../../../onnx/tensor.ts';
import type { TokenBatch } from '../token-batch.ts';

/** What an encoder is fed, by the names that Hugging Face gives its inputs. */
const feeds: Readonly<Record<string, (batch: TokenBatch, padId: number) => ArrayLike<number>>> = {
  // Padding has mask 0 and, in the original model, the id that it was trained with.
  input_ids: ({ ids, mask }, padId) => ids.map((id, i) => (mask[i] === 0 ? padId : id)),
  attention_mask: ({ mask }) => mask,
  token_type_ids: ({ ids }) => new Uint8Array(ids.length),
};

/** Names of the inputs that an encoder may have. */
export const inputNames: readonly string[] = Object.keys(feeds);

/** Runs a foreign model, as it is and unoptimised, for some of the values inside it. */
export async function probe(
  model: Message<'Model'>,
  names: readonly string[],
  batches: readonly TokenBatch[],
  padId: number,
): Promise<readonly Readonly<Record<string, Tensor>>[]> {
  const { graph } = model;
  if (!graph || names.length === 0) return batches.map(() => ({}));
  // The runtime infers the types of outputs that state none.
  const outputs = names.map((name) => ({ name }));
  const bytes = encodeModel({ ...model, graph: { ...graph, outputs, valueInfo: [] } });
  const session = await createSession(bytes, { threads: 1, optimisation: 'disabled' });
  try {
    const results: Readonly<Record<string, Tensor>>[] = [];
    for (const batch of batches) results.push(await session.run(feedsOf(model, batch, padId)));
    return results;
  } finally {
    await session.close();
  }
}

function feedsOf(
  { graph }: Message<'Model'>,
  batch: TokenBatch,
  padId: number,
): Record<string, Tensor> {
  const weights = new Set(graph?.initialisers.map(({ name }) => name));
  const inputs = (graph?.inputs ?? []).filter(({ name }) => !weights.has(name));
  return Object.fromEntries(
    inputs.map(({ name = '', type }) => {
      const values = feeds[name]?.(batch, padId);
      if (!values)
        throw new AppError(
          'onnx.unsupported',
          `The encoder wants the input "${name}"; Stillroom gives ${inputNames.join(', ')}. Export it as a text encoder.`,
        );
      const dims = [batch.batch, batch.length];
      const elementType = dataTypeOfCode(type?.tensor?.elementType ?? 0);
      return [
        name,
        elementType === 'int32'
          ? createTensor('int32', dims, Int32Array.from(values))
          : createTensor('int64', dims, BigInt64Array.from(Array.from(values, BigInt))),
      ];
    }),
  );
}
