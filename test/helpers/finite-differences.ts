import { feedsOf, gradientGraphs } from '../../src/main/onnx/gradient-check/gradient-graph.ts';
import type { Draw } from '../../src/main/onnx/gradient-check/operator-case.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { createSession } from '../../src/main/onnx/session.ts';
import type { Tensor } from '../../src/main/onnx/tensor.ts';
import type { Provider } from '../../src/shared/domain/provider.ts';

export type Optimisation = 'all' | 'disabled';

/** Wide enough that float32's rounding is small against the difference; the stencil's error is O(h⁴). */
const STEP = 0.03;

/** The whole check runs on WebGPU where the environment asks for it. */
const provider: Provider = process.env.STILLROOM_PROVIDER === 'webgpu' ? 'webgpu' : 'cpu';

export interface Checked {
  /** Largest |analytic - numeric| over all elements, divided by the largest |numeric|. */
  readonly worst: number;
}

/**
 * Compares gradients with five-point finite differences. `draw` makes outputs from the variables; the loss is
 * their sum weighted by fixed random numbers, computed in double precision outside the graph.
 */
export async function checkGradients(
  variables: readonly Tensor<'float32'>[],
  draw: Draw,
  optimisation: Optimisation,
): Promise<Checked> {
  const { forward, backward, weights } = gradientGraphs(variables, draw);
  const feeds = feedsOf(variables);

  const options = { threads: 1, optimisation, provider };
  const [forwardSession, backwardSession] = [
    await createSession(toModel(forward), options),
    await createSession(toModel(backward), options),
  ];
  const analytic = await backwardSession.run(feeds);

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
  await backwardSession.close();
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
