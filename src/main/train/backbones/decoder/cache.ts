import { AppError } from '../../../../shared/errors.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';

/** How a decoder keeps the keys and values of tokens that it has read. */
export interface Cache {
  /** Names of what is fed, and of what takes its place in the next run. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Shapes: each [B, heads, tokens, width]. */
  readonly heads: number;
  readonly width: number;
}

const PAST = 'past_key_values.';
const PRESENT = 'present.';

/** Reads what a decoder keeps off its inputs and outputs. @throws AppError `onnx.unsupported` */
export function readCache({ graph }: Message<'Model'>): Cache {
  const inputs = (graph?.inputs ?? []).filter(({ name }) => name?.startsWith(PAST));
  const sizes = inputs.map(({ type }) => {
    const dims = type?.tensor?.shape?.dims ?? [];
    return [dims[1]?.value, dims[3]?.value] as const;
  });
  const [heads, width] = sizes[0] ?? [];
  const given = new Set(graph?.outputs.map(({ name }) => name));
  const names = inputs.map(({ name = '' }) => name);
  const outputs = names.map((name) => PRESENT + name.slice(PAST.length));
  const isUsable =
    heads !== undefined &&
    width !== undefined &&
    sizes.every(([a, b]) => a === heads && b === width) &&
    outputs.every((name) => given.has(name));
  if (!isUsable)
    throw new AppError(
      'onnx.unsupported',
      `The model does not keep the keys and values of what it has read (inputs "${PAST}0.key" of one stated size, outputs "${PRESENT}0.key"). Export it for text generation with past.`,
    );
  return { inputs: names, outputs, heads, width };
}
