import { AppError } from '../../shared/errors.ts';
import { scalar } from './graph/apply.ts';
import { dependents } from './graph/dependents.ts';
import type { Node, Value } from './graph/graph.ts';
import { describeType, isSameShape, type Shape, shapeError } from './graph/shape.ts';
import { add } from './operators/add.ts';
import { reduceSum } from './operators/reduce-sum.ts';
import { reshapeLike } from './operators/reshape.ts';

/**
 * Extends the graph of a loss by its gradients: dL/dP for each parameter P, in order, each in the shape of P.
 *
 * Reverse mode. The loss is a composition of nodes; by the chain rule the gradient in a value is the sum, over the
 * nodes that read it, of what each node's rule passes back. Nodes are visited against their running order, so when
 * a node's turn comes, everything that reads its outputs has already been heard.
 * @throws AppError `onnx.unsupported` where the loss depends on a parameter through an operator without a gradient
 * @see Griewank and Walther, "Evaluating derivatives", 2008, chapter 3
 */
export function differentiate(loss: Value, parameters: readonly Value[]): readonly Value[] {
  if (loss.shape.length !== 0) throw shapeError('differentiate', [loss], 'a loss is one number');
  const { graph } = loss;
  const forward = [...graph.nodes]; // the rules append to the graph while we walk it
  const active = dependents(graph, parameters);
  const gradients = new Map<Value, Value>([[loss, scalar(loss, 1)]]);

  for (const node of forward.toReversed()) {
    if (!node.outputs.some((output) => active.has(output) && gradients.has(output))) continue;
    for (const [i, dx] of backward(node, gradients).entries()) {
      const x = node.inputs[i];
      if (!x || !dx || !active.has(x)) continue;
      const term = undoBroadcast(dx, x);
      const sum = gradients.get(x);
      gradients.set(x, sum ? add(sum, term) : term);
    }
  }
  return parameters.map((parameter) => gradients.get(parameter) ?? unreached(loss, parameter));
}

/** What a node passes back to each of its inputs. */
function backward(
  { operator, inputs, outputs, attributes }: Node,
  gradients: ReadonlyMap<Value, Value>,
): readonly (Value | undefined)[] {
  const { type, gradient, hasManyGradients } = operator;
  const fail = (needs: string) => shapeError(`The gradient of ${type}`, inputs, needs);
  if (typeof gradient !== 'function')
    throw new AppError(
      'onnx.unsupported',
      `The loss depends on a parameter through ${type}, which has no gradient: ${gradient.none}.`,
    );
  const dys = outputs.map((output) => gradients.get(output));
  const first = outputs[0]!; // every operator has an output
  if (!hasManyGradients && dys.some((dy, i) => dy && i > 0))
    throw fail('the loss may depend on its first output only');
  const dy = dys[0] ?? first; // an operator of many gradients reads `dys` alone
  return gradient({ inputs, outputs: [first, ...outputs.slice(1)], attributes, dy, dys, fail });
}

/**
 * Broadcasting repeats a value, and the gradient of what was repeated is the sum over the repetitions:
 * dX = Σ dY over the axes that X lacks and those where X has size 1. Done here once, for every operator.
 */
function undoBroadcast(dx: Value, x: Value): Value {
  if (isSameShape(dx.shape, x.shape)) return dx;
  const lead = dx.shape.length - x.shape.length;
  const repeated = dx.shape.flatMap((dim, axis) =>
    axis < lead || (x.shape[axis - lead] === 1 && dim !== 1) ? [axis] : [],
  );
  if (repeated.length === 0) return isCompatible(dx.shape, x.shape) ? dx : mismatch(dx, x);
  const sum = reduceSum(dx, repeated, lead === 0);
  return isSameShape(sum.shape, x.shape) ? sum : reshapeLike(sum, x);
}

/** Whether two shapes may be the same once the names in them are known. */
function isCompatible(a: Shape, b: Shape): boolean {
  return (
    a.length === b.length &&
    a.every((dim, i) => dim === b[i] || typeof dim === 'string' || typeof b[i] === 'string')
  );
}

function mismatch(dx: Value, x: Value): never {
  throw new AppError(
    'app.bug',
    `A gradient rule gave ${describeType(dx)} for ${x.name}, which is ${describeType(x)}.`,
  );
}

function unreached(loss: Value, parameter: Value): never {
  throw new AppError(
    'onnx.unsupported',
    `The loss ${loss.name} does not depend on the parameter ${parameter.name}. Leave it out of training.`,
  );
}
