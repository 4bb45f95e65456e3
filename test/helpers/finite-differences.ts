import { createRng, type Rng } from '../../src/main/lib/rng.ts';
import { differentiate } from '../../src/main/onnx/autodiff.ts';
import { createGraph, type Graph, type Value } from '../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { add } from '../../src/main/onnx/operators/add.ts';
import { cast } from '../../src/main/onnx/operators/cast.ts';
import { mul } from '../../src/main/onnx/operators/mul.ts';
import { reduceSum } from '../../src/main/onnx/operators/reduce-sum.ts';
import { createSession, type SessionOptions } from '../../src/main/onnx/session.ts';
import { float32, sizeOf, type Tensor } from '../../src/main/onnx/tensor.ts';

export type Optimisation = 'all' | 'disabled';

/** Wide enough that float32's rounding is small against the difference; the stencil's error is O(h⁴). */
const STEP = 0.03;

/** The whole check runs on WebGPU where the environment asks for it. */
const provider: NonNullable<SessionOptions['provider']> =
  process.env.STILLROOM_PROVIDER === 'webgpu' ? 'webgpu' : 'cpu';

export interface Checked {
  /** Largest |analytic - numeric| over all elements, divided by the largest |numeric|. */
  readonly worst: number;
}

/**
 * Compares gradients with five-point finite differences. `build` makes outputs from the variables; the loss is
 * their sum weighted by fixed random numbers, computed in double precision outside the graph.
 */
export async function checkGradients(
  variables: readonly Tensor<'float32'>[],
  build: (graph: Graph, variables: readonly Value[]) => readonly Value[],
  optimisation: Optimisation,
): Promise<Checked> {
  const rng = createRng(7);
  const names = variables.map((_, i) => `x${i}`);
  const feeds = Object.fromEntries(names.map((name, i) => [name, variables[i]!]));

  const forward = createGraph('forward');
  const outputs = build(forward, declare(forward, variables));
  for (const [i, output] of outputs.entries()) forward.output(`y${i}`, output);
  const weights = outputs.map(({ shape }) => randomTensor(shape as number[], -1, 1, rng));

  const training = createGraph('training');
  const inputs = declare(training, variables);
  const losses = build(training, inputs).map((output, i) =>
    reduceSum(mul(cast(output, 'float32'), training.constant(weights[i]!)), undefined, false),
  );
  const gradients = differentiate(losses.reduce(add), inputs);
  for (const [i, gradient] of gradients.entries()) training.output(`d${i}`, gradient);

  const options = { threads: 1, optimisation, provider };
  const [forwardSession, trainingSession] = [
    await createSession(toModel(forward), options),
    await createSession(toModel(training), options),
  ];
  const analytic = await trainingSession.run(feeds);

  const lossAt = async () => {
    const results = await forwardSession.run(feeds);
    return weights.reduce((loss, { data }, k) => {
      const y = results[`y${k}`]!.data;
      return data.reduce((sum, weight, i) => sum + weight * Number(y[i]), loss);
    }, 0);
  };

  let worst = 0;
  let scale = 1e-3;
  for (const [k, variable] of variables.entries()) {
    const gradient = analytic[`d${k}`]!;
    if (`${gradient.dims}` !== `${variable.dims}`) return { worst: Number.POSITIVE_INFINITY };
    for (let i = 0; i < variable.data.length; i++) {
      const numeric = await derivative(variable.data, i, lossAt);
      scale = Math.max(scale, Math.abs(numeric));
      worst = Math.max(worst, Math.abs(Number(gradient.data[i]) - numeric));
    }
  }
  await forwardSession.close();
  await trainingSession.close();
  return { worst: worst / scale };
}

/** f' ≈ (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h */
async function derivative(x: Float32Array, i: number, f: () => Promise<number>): Promise<number> {
  const at = x[i]!;
  const shifted = async (by: number) => {
    x[i] = at + by;
    const value = await f();
    x[i] = at;
    return value;
  };
  const near = (await shifted(STEP)) - (await shifted(-STEP));
  const far = (await shifted(2 * STEP)) - (await shifted(-2 * STEP));
  return (8 * near - far) / (12 * STEP);
}

export function randomTensor(
  dims: readonly number[],
  low: number,
  high: number,
  rng: Rng,
): Tensor<'float32'> {
  return float32(
    dims,
    Array.from({ length: sizeOf(dims) }, () => low + (high - low) * rng.next()),
  );
}

function declare(graph: Graph, variables: readonly Tensor[]): readonly Value[] {
  return variables.map(({ type, dims }, i) => graph.input(`x${i}`, type, dims));
}
