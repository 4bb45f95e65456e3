import { AppError } from '../../../shared/errors.ts';
import { createTensor, type Tensor } from '../tensor.ts';
import { createKernels } from './create-kernels.ts';
import { createEmbeddingTable, type EmbeddingTable, tableBytes } from './embedding-table.ts';
import { type AdamWCoefficients, type Kernels, padToLanes } from './kernels.ts';

/** A parameter to train. */
export interface ParameterSpec {
  readonly name: string;
  readonly initial: Tensor<'float32'>;
  /** Whether weight decay applies: to matrices, not to biases and normalisation. */
  readonly isDecayed: boolean;
  /** Factor on the learning rate: a fresh head may learn faster than a pretrained encoder. */
  readonly rate?: number;
}

/** A table whose rows are gathered outside the graph. Shapes: [rows, width] */
export interface TableSpec extends ParameterSpec {
  /** The most rows that one step reads, repetitions included. */
  readonly batchRows: number;
}

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
  const kernels = create(adamWBytes(specs, tableSpecs));
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

/** The memory that training these parameters takes outside ONNX Runtime. Units: bytes. */
export function adamWBytes(
  specs: readonly ParameterSpec[],
  tableSpecs: readonly TableSpec[] = [],
): number {
  const dense = specs.reduce((sum, { initial }) => sum + 16 * padToLanes(initial.data.length), 0);
  return tableSpecs.reduce(
    (sum, spec) => sum + tableBytes(...sidesOf(spec), spec.batchRows),
    dense,
  );
}

type Four<T> = readonly [T, T, T, T];

/** A parameter in memory: value, gradient, first and second average, one after the other. */
function createSlot(kernels: Kernels, spec: ParameterSpec, takeBytes: (size: number) => number) {
  const { dims, data } = spec.initial;
  const count = padToLanes(data.length);
  const start = takeBytes(16 * count);
  const at: Four<number> = [start, start + 4 * count, start + 8 * count, start + 12 * count];
  const view = (position: number) => new Float32Array(kernels.buffer, position, data.length);
  const parts: Four<Float32Array> = [view(at[0]), view(at[1]), view(at[2]), view(at[3])];
  parts[0].set(data);
  return {
    spec,
    at,
    count,
    parts,
    value: createTensor('float32', dims, parts[0]),
    gradient: createTensor('float32', dims, parts[1]),
  };
}

function createTable(kernels: Kernels, spec: TableSpec, takeBytes: (size: number) => number) {
  const [rows, width] = sidesOf(spec);
  const at = takeBytes(tableBytes(rows, width, spec.batchRows));
  const { data } = spec.initial;
  return { spec, table: createEmbeddingTable(kernels, at, data, rows, width, spec.batchRows) };
}

function sidesOf({ name, initial: { dims } }: TableSpec): readonly [number, number] {
  const [rows, width] = dims;
  if (dims.length !== 2 || rows === undefined || width === undefined)
    throw new AppError(
      'onnx.shape',
      `The table ${name} must have two axes, not [${dims.join(', ')}].`,
    );
  return [rows, width];
}
