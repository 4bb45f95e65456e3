import { AppError } from '../../../shared/errors.ts';
import { createTensor, type Tensor } from '../tensor.ts';
import { createEmbeddingTable, tableBytes } from './embedding-table.ts';
import { type Kernels, padToLanes } from './kernels.ts';

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

/** The memory that training these parameters takes outside ONNX Runtime. Units: bytes. */
export function memoryBytes(
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
export function createSlot(
  kernels: Kernels,
  spec: ParameterSpec,
  takeBytes: (size: number) => number,
) {
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

/** A table in memory, which knows how to update its rows. */
export function createTable(
  kernels: Kernels,
  spec: TableSpec,
  takeBytes: (size: number) => number,
) {
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
