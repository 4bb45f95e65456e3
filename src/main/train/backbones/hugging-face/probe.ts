import { AppError } from '../../../../shared/errors.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { createTensor, dataTypeOfCode, type Tensor } from '../../../onnx/tensor.ts';
import { runForValues } from '../imported/run-for-values.ts';
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

/** Runs a foreign encoder, as it is and unoptimised, for some of the values inside it. */
export function probe(
  model: Message<'Model'>,
  names: readonly string[],
  batches: readonly TokenBatch[],
  padId: number,
): Promise<readonly Readonly<Record<string, Tensor>>[]> {
  return runForValues(
    model,
    names,
    batches.map((batch) => feedsOf(model, batch, padId)),
  );
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
