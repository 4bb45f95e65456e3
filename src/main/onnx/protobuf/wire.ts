import type { ScalarName } from './schema.ts';

/** How the bytes of a field are delimited. @see https://protobuf.dev/programming-guides/encoding */
export const VARINT = 0;
export const FIXED64 = 1;
export const DELIMITED = 2;
export const FIXED32 = 5;

/** The wire type of each scalar. */
export const wireTypes = {
  safe64: VARINT,
  int64: VARINT,
  int32: VARINT,
  float: FIXED32,
  double: FIXED64,
  string: DELIMITED,
  bytes: DELIMITED,
} as const satisfies Record<ScalarName, number>;

/** The array that a repeated number is kept in; `safe64` stays a plain array, since shapes are short. */
export const arrays = {
  int64: BigInt64Array,
  int32: Int32Array,
  float: Float32Array,
  double: Float64Array,
} as const;

export function isPackedArray(type: string): type is keyof typeof arrays {
  return Object.hasOwn(arrays, type);
}
