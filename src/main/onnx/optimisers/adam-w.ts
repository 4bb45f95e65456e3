import { AppError } from '../../../shared/errors.ts';
import type { Tensor } from '../tensor.ts';
import { createKernels } from './create-kernels.ts';
import type { EmbeddingTable } from './embedding-table.ts';
import type { AdamWCoefficients, Kernels } from './kernels.ts';
import {
  createSlot,
  createTable,
  memoryBytes,
  type ParameterSpec,
  type TableSpec,
} from './parameter-memory.ts';

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  /** The largest norm of the whole gradient; a longer one is scaled down to it. */
  readonly clipNorm?: number;
}

/** Parameters, their gradients and their averages in one memory, which ONNX Runtime reads and writes in place. */
export interface AdamW {
  /** Feed these. */
  readonly parameters: Readonly<Record<string, Tensor<'float32'>>>;
  /** Have the gradients written into these (`into` of `Session.run`). */
  readonly gradients: Readonly<Record<string, Tensor<'float32'>>>;
  readonly tables: Readonly<Record<string, EmbeddingTable>>;
  /**
   * One update by the gradients at hand.
   * @throws AppError `train.diverged` when the gradient is no longer a number; no parameter was changed
   */
  step(learningRate: number): { readonly gradientNorm: number };
  /** Everything that the next step depends on, as views: copy to keep. */
  state(): AdamWState;
  restore(state: AdamWState): void;
}

export interface AdamWState {
  readonly step: number;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/**
 * AdamW with decoupled weight decay and clipping by the global norm.
 * @see Loshchilov and Hutter, "Decoupled weight decay regularization", 2019
 */
export function createAdamW(
  specs: readonly ParameterSpec[],
  tableSpecs: readonly TableSpec[] = [],
  {
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 0.01,
    clipNorm = 1,
  }: AdamWOptions = {},
  create: (sizeBytes: number) => Kernels = createKernels,
): AdamW {
  const kernels = create(memoryBytes(specs, tableSpecs));
  let next = 0;
  const takeBytes = (size: number) => {
    next += size;
    return next - size;
  };
  let step = 0;
  const slots = specs.map((spec) => createSlot(kernels, spec, takeBytes));
  const tables = tableSpecs.map((spec) => createTable(kernels, spec, takeBytes));
  const arrays = Object.fromEntries([
    ...slots.flatMap(({ spec: { name }, parts: [p, , m, v] }) => [
      [`${name}`, p],
      [`${name}.m`, m],
      [`${name}.v`, v],
    ]),
    ...tables.map(({ spec, table }) => [`${spec.name}.table`, table.state]),
  ]) as Record<string, Float32Array>; // the pairs above

  return {
    parameters: Object.fromEntries(slots.map(({ spec, value }) => [spec.name, value])),
    gradients: Object.fromEntries(slots.map(({ spec, gradient }) => [spec.name, gradient])),
    tables: Object.fromEntries(tables.map(({ spec, table }) => [spec.name, table])),
    step(learningRate) {
      // ‖g‖ = √Σ g², over everything that learns
      let squares = 0;
      for (const { at, count } of slots) squares += kernels.sumOfSquares(at[1], count);
      for (const { table } of tables) squares += table.sumOfSquares();
      const gradientNorm = Math.sqrt(squares);
      if (!Number.isFinite(gradientNorm))
        throw new AppError(
          'train.diverged',
          `The gradient of step ${step + 1} is not a number; the parameters are those of the step before. Lower the learning rate and train again.`,
        );
      step += 1;
      const gradientScale = gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
      const coefficientsOf = ({ rate = 1, isDecayed }: ParameterSpec): AdamWCoefficients => ({
        ...{ gradientScale, beta1, beta2, epsilon },
        decay: isDecayed ? 1 - learningRate * rate * weightDecay : 1,
        stepSize: (learningRate * rate) / (1 - beta1 ** step),
        inverseRoot: 1 / Math.sqrt(1 - beta2 ** step),
      });
      for (const { spec, at, count } of slots) kernels.adamW(...at, count, coefficientsOf(spec));
      for (const { spec, table } of tables) table.update(coefficientsOf(spec));
      return { gradientNorm };
    },
    state: () => ({ step, arrays }),
    restore(state) {
      for (const [name, array] of Object.entries(arrays)) {
        const saved = state.arrays[name];
        if (saved?.length !== array.length)
          throw new AppError(
            'train.data',
            `The checkpoint does not fit this model: ${name} has ${saved?.length ?? 'no'} numbers instead of ${array.length}. Start the training afresh.`,
          );
        array.set(saved);
      }
      step = state.step;
    },
  };
}
