import { AppError } from '../../../shared/errors.ts';
import type { DataType, Tensor } from '../tensor.ts';
import type { AttributeValue, Operator } from './operator.ts';
import { type Shape, shapeError, type ValueType } from './shape.ts';

/** The version of ONNX's operators that we build and compile; models of other versions are converted on import. */
export const OPSET = 18;

/** One array that flows through a graph. Operators are functions of values; each value knows its graph. */
export interface Value extends ValueType {
  readonly graph: Graph;
  readonly name: string;
  /** The contents of a weight or constant. */
  readonly tensor?: Tensor;
}

/** One call of an operator. */
export interface Node {
  readonly operator: Operator;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A computation under construction. Nodes are always in an order in which they can run. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly initialisers: readonly Value[];
  readonly nodes: readonly Node[];
  readonly outputs: ReadonlyMap<string, Value>;
  /** A value that is fed at each run. */
  input(name: string, type: DataType, shape: Shape): Value;
  /** A named weight that is stored with the graph. */
  initialiser(name: string, tensor: Tensor): Value;
  /** An unnamed constant; equal small ones are stored once. */
  constant(tensor: Tensor): Value;
  /** Makes a value a result of the graph under this name. */
  output(name: string, value: Value): void;
  /** Appends a node. Call the operators' own functions (`matMul(a, b)`), which call this. */
  append(
    operator: Operator,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, AttributeValue>>,
  ): readonly Value[];
}

/** Constants up to this many elements are compared, so that a repeated epsilon is stored once. */
const SHARED_CONSTANT_SIZE = 64;

/** Begins an empty graph. */
export function createGraph(name: string): Graph {
  const inputs: Value[] = [];
  const initialisers: Value[] = [];
  const nodes: Node[] = [];
  const outputs = new Map<string, Value>();
  const names = new Set<string>();
  const counts = new Map<string, number>();
  const constants = new Map<string, Value>();

  function take(wanted: string): string {
    if (names.has(wanted))
      throw new AppError('onnx.shape', `The graph ${name} has two values named ${wanted}.`);
    names.add(wanted);
    return wanted;
  }

  function number(stem: string): string {
    for (;;) {
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      if (!names.has(`${stem}_${count}`)) return take(`${stem}_${count}`);
    }
  }

  function keep(valueName: string, tensor: Tensor): Value {
    const value = { graph, name: valueName, type: tensor.type, shape: tensor.dims, tensor };
    initialisers.push(value);
    return value;
  }

  const graph: Graph = {
    name,
    inputs,
    initialisers,
    nodes,
    outputs,
    input(inputName, type, shape) {
      const value = { graph, name: take(inputName), type, shape };
      inputs.push(value);
      return value;
    },
    initialiser: (initialiserName, tensor) => keep(take(initialiserName), tensor),
    constant(tensor) {
      if (tensor.data.length > SHARED_CONSTANT_SIZE) return keep(number('constant'), tensor);
      const key = `${tensor.type} ${tensor.dims} ${tensor.data.join(' ')}`;
      const value = constants.get(key) ?? keep(number('constant'), tensor);
      constants.set(key, value);
      return value;
    },
    output(outputName, value) {
      if (outputs.has(outputName) || (names.has(outputName) && value.name !== outputName))
        throw new AppError('onnx.shape', `The graph ${name} has two values named ${outputName}.`);
      names.add(outputName);
      outputs.set(outputName, value);
    },
    append(operator, nodeInputs, given) {
      const attributes: Record<string, AttributeValue> = {};
      for (const [key, spec] of Object.entries(operator.attributes))
        attributes[key] = given[key] ?? spec.fallback;
      for (const key of Object.keys(given))
        if (!Object.hasOwn(attributes, key))
          throw new AppError(
            'onnx.unsupported',
            `${operator.type} with "${key}" is not supported.`,
          );
      const fail = (needs: string) => shapeError(operator.type, nodeInputs, needs);
      if (nodeInputs.some((input) => input && input.graph !== graph))
        throw fail('all of them must belong to one graph');
      if (nodeInputs.slice(0, operator.arity).filter(Boolean).length < operator.arity)
        throw fail(`it needs ${operator.arity} inputs`);
      const types = operator.infer({ inputs: nodeInputs, attributes, fail });
      const node = {
        operator,
        inputs: nodeInputs,
        outputs: types.map((type) => ({ ...type, graph, name: number(operator.type) })),
        attributes,
      };
      nodes.push(node);
      return node.outputs;
    },
  };
  return graph;
}
