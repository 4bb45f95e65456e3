import { createRng } from '../../lib/rng.ts';
import { differentiate } from '../autodiff.ts';
import { createGraph, type Graph, type Value } from '../graph/graph.ts';
import { add } from '../operators/add.ts';
import { cast } from '../operators/cast.ts';
import { mul } from '../operators/mul.ts';
import { reduceSum } from '../operators/reduce-sum.ts';
import type { Tensor } from '../tensor.ts';
import { type Draw, randomTensor } from './operator-case.ts';

/** Graphs of L = Σₖ ⟨wₖ, yₖ⟩ with fixed random weights wₖ; the variables are the inputs `x0`, `x1`, … of both. */
export interface GradientGraphs {
  /** Gives the outputs `y0`, `y1`, … */
  readonly forward: Graph;
  /** Gives dL/dxᵢ as `d0`, `d1`, … */
  readonly backward: Graph;
  /** wₖ, in the shape of yₖ. */
  readonly weights: readonly Tensor<'float32'>[];
}

export function gradientGraphs(variables: readonly Tensor[], draw: Draw): GradientGraphs {
  const rng = createRng(7);
  const forward = createGraph('forward');
  const outputs = draw(forward, declare(forward, variables));
  for (const [i, output] of outputs.entries()) forward.output(`y${i}`, output);
  const weights = outputs.map(({ shape }) => randomTensor(shape as number[], -1, 1, rng)); // variables have fixed shapes

  const backward = createGraph('backward');
  const inputs = declare(backward, variables);
  const losses = draw(backward, inputs).map((output, i) =>
    reduceSum(mul(cast(output, 'float32'), backward.constant(weights[i]!)), undefined, false),
  );
  const gradients = differentiate(losses.reduce(add), inputs);
  for (const [i, gradient] of gradients.entries()) backward.output(`d${i}`, gradient);
  return { forward, backward, weights };
}

/** What the graphs are fed with. */
export const feedsOf = (variables: readonly Tensor[]): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(variables.map((tensor, i) => [`x${i}`, tensor]));

function declare(graph: Graph, variables: readonly Tensor[]): readonly Value[] {
  return variables.map(({ type, dims }, i) => graph.input(`x${i}`, type, dims));
}
