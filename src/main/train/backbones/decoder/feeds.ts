import { AppError } from '../../../../shared/errors.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { createTensor, dataTypeOfCode, type Tensor } from '../../../onnx/tensor.ts';
import type { Cache } from './cache.ts';

const TOKENS = 'input_ids';
const MASK = 'attention_mask';
const POSITIONS = 'position_ids';
/** Of newer exports: for how many of the last tokens scores are wanted; 0 for all. */
const WANTED = 'num_logits_to_keep';

/** The integer inputs that a decoder has besides its cache, and the type that each wants. */
export interface TokenInputs {
  readonly names: readonly string[];
  readonly type: 'int64' | 'int32';
}

/** @throws AppError `onnx.unsupported` for an input that we would not know how to feed */
export function readTokenInputs({ graph }: Message<'Model'>, cache: Cache): TokenInputs {
  const weights = new Set(graph?.initialisers.map(({ name }) => name));
  const inputs = (graph?.inputs ?? []).filter(
    ({ name = '' }) => !weights.has(name) && !cache.inputs.includes(name),
  );
  const known: readonly string[] = [TOKENS, MASK, POSITIONS, WANTED];
  const stranger = inputs.find(({ name = '' }) => !known.includes(name));
  const types = new Set(inputs.map(({ type }) => dataTypeOfCode(type?.tensor?.elementType ?? 0)));
  const [type, another] = [...types];
  if (stranger || another !== undefined || (type !== 'int64' && type !== 'int32'))
    throw new AppError(
      'onnx.unsupported',
      `The model wants ${stranger ? `the input "${stranger.name}"` : 'its ids as something else than integers of one type'}; Stillroom gives ${known.join(', ')} and past_key_values. Export it for text generation.`,
    );
  return { names: inputs.map(({ name = '' }) => name), type };
}

/** Texts of one length, each with as many tokens before it as the cache holds. */
export interface DecoderStep {
  /** Shapes: [B, L], row by row. */
  readonly ids: ArrayLike<number>;
  readonly batch: number;
  readonly length: number;
  /** Tokens that were read before. */
  readonly past: number;
}

/** What a decoder is fed besides its cache: no token of it is padding. */
export function tokenFeeds(
  { names, type }: TokenInputs,
  { ids, batch, length, past }: DecoderStep,
): Record<string, Tensor> {
  const toTensor = (dims: readonly number[], values: ArrayLike<number>) =>
    type === 'int32'
      ? createTensor('int32', dims, Int32Array.from(values))
      : createTensor('int64', dims, BigInt64Array.from(Array.from(values, BigInt)));
  const all: Readonly<Record<string, () => Tensor>> = {
    [TOKENS]: () => toTensor([batch, length], ids),
    [MASK]: () => toTensor([batch, past + length], new Uint8Array(batch * (past + length)).fill(1)),
    [POSITIONS]: () =>
      toTensor(
        [batch, length],
        Array.from({ length: batch * length }, (_, i) => past + (i % length)),
      ),
    [WANTED]: () => toTensor([], [0]),
  };
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]()]] : [])));
}

/** A cache of nothing. */
export function emptyCache({ inputs, heads, width }: Cache, batch: number): Record<string, Tensor> {
  const dims = [batch, heads, 0, width];
  return Object.fromEntries(
    inputs.map((name) => [name, createTensor('float32', dims, new Float32Array(0))]),
  );
}
