import type { Tensor } from '../../../../onnx/tensor.ts';
import type { ModelNode, RawAttribute } from '../../imported/imported-model.ts';

/** What a rewrite writes its nodes with. Names are of values. */
export interface Draft {
  /** Adds a constant and gives its name. */
  constant(tensor: Tensor): string;
  scalar(value: number): string;
  integers(values: readonly number[]): string;
  /** Adds a node with one output and gives that. */
  add(type: string, inputs: readonly string[], attributes?: ModelNode['attributes']): string;
  /** Adds a node that makes a value of the original. */
  make(
    output: string,
    type: string,
    inputs: readonly string[],
    attributes?: ModelNode['attributes'],
  ): void;
  /** The sizes of a constant; none for another value. */
  dims(name: string): readonly number[];
  /** The number of axes of a value of the original. */
  rank(name: string): number | undefined;
  /** Whether a value of the original is float32. */
  isFloat(name: string): boolean;
  /** Whether it is one of the keys and values of tokens that came before, of which a training has none. */
  isPast(name: string): boolean;
  /** The width d of an attention's heads. Units: elements. */
  headWidth(): number;
  /** The node of the original that makes a value. */
  maker(name: string): ModelNode | undefined;
  /** @throws AppError `onnx.unsupported`, naming the node that is being rewritten */
  refuse(why: string): never;
}

/** Says a node in operators that have a gradient, for a text without a past. False: leave it as it is. */
export type Rewrite = (node: ModelNode, draft: Draft) => boolean;

/** An attribute that is a number, or what ONNX Runtime takes for one left out. */
export function numberOf({ attributes }: ModelNode, name: string, fallback: number): number {
  const value: RawAttribute | undefined = attributes[name];
  return typeof value === 'number' ? value : fallback;
}
