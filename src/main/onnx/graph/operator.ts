import type { AppError } from '../../../shared/errors.ts';
import type { Tensor } from '../tensor.ts';
import type { Value } from './graph.ts';
import type { Shape, ValueType } from './shape.ts';

/** Where an operator is specified: ONNX itself (the empty name) or ONNX Runtime's own additions. */
export type Domain = '' | 'com.microsoft';

export type AttributeValue = number | string | readonly number[] | undefined;

/** The kind of an attribute, which its value alone does not tell (1 may be a float), and its default. */
export interface AttributeSpec<T extends AttributeValue = AttributeValue> {
  readonly kind: 'int' | 'float' | 'ints' | 'string';
  readonly fallback: T;
}

export const int = (fallback: number): AttributeSpec<number> => ({ kind: 'int', fallback });
export const float = (fallback: number): AttributeSpec<number> => ({ kind: 'float', fallback });
export const ints = (
  fallback?: readonly number[],
): AttributeSpec<readonly number[] | undefined> => ({
  kind: 'ints',
  fallback,
});
export const optionalInt = (): AttributeSpec<number | undefined> => ({
  kind: 'int',
  fallback: undefined,
});
export const string = (fallback: string): AttributeSpec<string> => ({ kind: 'string', fallback });

export type AttributeSpecs = Readonly<Record<string, AttributeSpec>>;
export type AttributesOf<A extends AttributeSpecs> = { readonly [K in keyof A]: A[K]['fallback'] };

type Values<N extends number, Found extends Value[] = []> = Found['length'] extends N
  ? Found
  : Values<N, [...Found, Value]>;

/** An operator applied to values: all that its shape rule may look at. N inputs are always there. */
export interface Application<A extends AttributeSpecs = AttributeSpecs, N extends number = 0> {
  /** Undefined where an optional input is left out. */
  readonly inputs: readonly [...Values<N>, ...(Value | undefined)[]];
  readonly attributes: AttributesOf<A>;
  /** The error to throw when the inputs do not fit; `needs` says what would. */
  fail(needs: string): AppError;
}

/** What a gradient rule sees: the node that ran forward and the gradient of the loss in its outputs. */
export interface Backward<A extends AttributeSpecs = AttributeSpecs, N extends number = 0>
  extends Application<A, N> {
  readonly outputs: readonly [Value, ...Value[]];
  /** dL/dY of the first output. */
  readonly dy: Value;
  /** dL/dY of each output; undefined where the loss does not depend on it. */
  readonly dys: readonly (Value | undefined)[];
}

/**
 * dL/dX of each input, in order; undefined for one without a gradient (indices, shapes). Where an input was
 * broadcast the rule may return the gradient in the broadcast shape: `differentiate` sums it back.
 */
export type GradientRule<A extends AttributeSpecs = AttributeSpecs, N extends number = 0> = (
  node: Backward<A, N>,
) => readonly (Value | undefined)[];

/** Says why no gradient flows through an operator. */
export interface NoGradient {
  readonly none: string;
}

/** One input of a test case: drawn at random, or a given constant. */
export type CaseInput =
  | { readonly dims: readonly number[]; readonly low: number; readonly high: number }
  | { readonly tensor: Tensor }
  | undefined;

/** One call for the contract test: its shapes are compared with a run, its gradient with finite differences. */
export interface OperatorCase {
  readonly name: string;
  readonly inputs: readonly CaseInput[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** An operator of ONNX: how its outputs are shaped and how gradients flow back through it. */
export interface Operator<A extends AttributeSpecs = AttributeSpecs, N extends number = 0> {
  readonly type: string;
  readonly domain: Domain;
  /** How many inputs it always has; more are optional or repeated. */
  readonly arity: N;
  readonly attributes: A;
  /** The outputs' types. @throws AppError `onnx.shape` when the inputs do not fit */
  readonly infer: (node: Application<A, N>) => readonly [ValueType, ...ValueType[]];
  readonly gradient: GradientRule<A, N> | NoGradient;
  /** True when the rule takes the gradient of every output (`dys`), not of the first alone. */
  readonly hasManyGradients?: boolean;
  /** Calls for the contract test, one at least. */
  readonly cases: readonly OperatorCase[];
}

interface Definition<A extends AttributeSpecs, N extends number>
  extends Omit<Operator<A, N>, 'domain' | 'attributes'> {
  readonly domain?: Domain;
  readonly attributes?: A;
}

/** Declares an operator; inputs and attributes are typed inside its rules and erased outside. */
export function defineOperator<
  const N extends number,
  const A extends AttributeSpecs = Record<never, never>,
>(definition: Definition<A, N>): Operator {
  const operator = { domain: '', attributes: {}, ...definition };
  // Safe: `append` gives every node at least `arity` inputs and exactly these attributes.
  return operator as unknown as Operator;
}

/** A random input of a test case, uniform between two bounds. */
export function random(dims: readonly number[], low = -2, high = 2): CaseInput {
  return { dims, low, high };
}

export function given(tensor: Tensor): CaseInput {
  return { tensor };
}

/** The output of most operators: the type of an input, with its own or another shape. */
export function like(input: ValueType, shape: Shape = input.shape): ValueType {
  return { type: input.type, shape };
}
