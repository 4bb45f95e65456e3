import { AppError } from '../../shared/errors.ts';

/** The typed array that holds each data type; `bool` is one byte an element, as in ONNX Runtime. */
export interface ArrayOf {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  readonly bool: Uint8Array;
}

export type DataType = keyof ArrayOf;

/** ONNX's number for each data type (TensorProto.DataType) and the array that holds it. */
export const dataTypes = {
  float32: { code: 1, array: Float32Array },
  uint8: { code: 2, array: Uint8Array },
  int8: { code: 3, array: Int8Array },
  int32: { code: 6, array: Int32Array },
  int64: { code: 7, array: BigInt64Array },
  bool: { code: 9, array: Uint8Array },
  float64: { code: 11, array: Float64Array },
} as const satisfies { readonly [T in DataType]: { code: number; array: unknown } };

/** A dense array of numbers in row-major order. */
export interface Tensor<T extends DataType = DataType> {
  readonly type: T;
  readonly dims: readonly number[];
  readonly data: ArrayOf[T];
}

/** The data type of an ONNX code. @throws AppError `onnx.unsupported` */
export function dataTypeOfCode(code: number): DataType {
  for (const type of Object.keys(dataTypes) as DataType[]) // keys of the literal above
    if (dataTypes[type].code === code) return type;
  throw new AppError(
    'onnx.unsupported',
    `The model holds values of ONNX type ${code}; Stillroom reads ${Object.keys(dataTypes).join(', ')}. Export it in float32.`,
  );
}

/** The number of elements of a shape. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Wraps an array without copying it. @throws AppError `onnx.shape` when the length does not fit */
export function createTensor<T extends DataType>(
  type: T,
  dims: readonly number[],
  data: ArrayOf[T],
): Tensor<T> {
  if (data.length !== sizeOf(dims))
    throw new AppError(
      'onnx.shape',
      `A tensor of shape [${dims.join(', ')}] needs ${sizeOf(dims)} values, not ${data.length}.`,
    );
  return { type, dims, data };
}

export function float32(dims: readonly number[], values: ArrayLike<number>): Tensor<'float32'> {
  return createTensor('float32', dims, Float32Array.from(values));
}

export function int64(dims: readonly number[], values: ArrayLike<number>): Tensor<'int64'> {
  return createTensor('int64', dims, BigInt64Array.from(Array.from(values, BigInt)));
}
