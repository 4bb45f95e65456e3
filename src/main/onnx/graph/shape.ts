import { AppError } from '../../../shared/errors.ts';
import type { DataType } from '../tensor.ts';

/** A size: known, or a name for what is known only when the graph runs (`B`, or `?3` when nobody named it). */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** What is known of a value before the graph runs. */
export interface ValueType {
  readonly type: DataType;
  readonly shape: Shape;
}

/** `float32[B, 128]` */
export function describeType({ type, shape }: ValueType): string {
  return `${type}[${shape.join(', ')}]`;
}

/** An error of whoever builds a graph: which operator, what it got, what it needs. */
export function shapeError(
  operator: string,
  inputs: readonly (ValueType | undefined)[],
  needs: string,
): AppError {
  const got = inputs.map((input) => (input ? describeType(input) : 'nothing')).join(', ');
  return new AppError('onnx.shape', `${operator} got ${got}; ${needs}.`);
}

export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((dim) => typeof dim === 'number');
}

export function isSameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** Two sizes that must agree; a name yields to a number. Undefined when they contradict each other. */
export function unifyDims(a: Dim, b: Dim): Dim | undefined {
  if (a === b) return a;
  if (typeof a === 'number') return typeof b === 'number' ? undefined : a;
  return typeof b === 'number' || a.startsWith('?') ? b : b.startsWith('?') ? a : undefined;
}

/**
 * NumPy's broadcasting: shapes are aligned at the right, and a size of 1 stretches. Undefined when they do not fit.
 * @see https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    const dim = left === 1 ? right : right === 1 ? left : unifyDims(left, right);
    if (dim === undefined) return undefined;
    result.push(dim);
  }
  return result;
}

/** An axis counted from the front. @throws AppError `onnx.shape` when the value has no such axis */
export function toAxis(operator: string, input: ValueType, axis: number, rank?: number): number {
  const size = rank ?? input.shape.length;
  const positive = axis < 0 ? axis + size : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= size)
    throw shapeError(operator, [input], `there is no axis ${axis}`);
  return positive;
}

let unnamed = 0;

/** A fresh name for a size that only the run will tell. */
export function unknownDim(): string {
  unnamed += 1;
  return `?${unnamed}`;
}
