import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import { createAdamW } from '../../../../src/main/onnx/optimisers/adam-w.ts';
import { createPlainKernels } from '../../../../src/main/onnx/optimisers/plain-kernels.ts';
import { learningRate } from '../../../../src/main/onnx/optimisers/schedule.ts';
import { float32 } from '../../../../src/main/onnx/tensor.ts';

const initial = [0.5, -1, 2, 0.25, -0.75];

/** AdamW in double precision, straight from the paper. */
function reference(gradients: readonly number[][], eta: number, lambda: number): number[] {
  const p = [...initial];
  const m = p.map(() => 0);
  const v = p.map(() => 0);
  for (const [t, g] of gradients.entries())
    for (const i of p.keys()) {
      m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
      v[i] = 0.999 * v[i]! + 0.001 * g[i]! ** 2;
      const mHat = m[i]! / (1 - 0.9 ** (t + 1));
      const vHat = v[i]! / (1 - 0.999 ** (t + 1));
      p[i] = p[i]! - eta * lambda * p[i]! - (eta * mHat) / (Math.sqrt(vHat) + 1e-8);
    }
  return p;
}

function randomGradients(steps: number, width: number): number[][] {
  const rng = createRng(5);
  return Array.from({ length: steps }, () => Array.from({ length: width }, () => rng.normal()));
}

describe('AdamW', () => {
  const gradients = randomGradients(20, initial.length);
  const spec = { name: 'w', initial: float32([5], initial), isDecayed: true };

  it('follows the formula of the paper', () => {
    const adamW = createAdamW([spec], [], { weightDecay: 0.1, clipNorm: 1e9 });
    for (const gradient of gradients) {
      adamW.gradients.w!.data.set(gradient);
      adamW.step(0.01);
    }
    for (const [i, value] of reference(gradients, 0.01, 0.1).entries())
      expect(adamW.parameters.w!.data[i]).toBeCloseTo(value, 5);
  });

  it('clips by the norm over all parameters together', () => {
    const adamW = createAdamW([spec, { ...spec, name: 'u' }], [], { clipNorm: 1 });
    adamW.gradients.w!.data.fill(3);
    adamW.gradients.u!.data.fill(4);
    expect(adamW.step(0.01).gradientNorm).toBeCloseTo(Math.sqrt(5 * 25), 5);
    // m = (1 - β₁) g / ‖g‖
    expect(adamW.state().arrays['w.m']![0]).toBeCloseTo((0.1 * 3) / Math.sqrt(125), 6);
  });

  it('stops before it spoils the parameters with what is no number', () => {
    const adamW = createAdamW([spec]);
    adamW.gradients.w!.data[2] = Number.NaN;
    expect(() => adamW.step(0.01)).toThrow(/not a number/);
    expect([...adamW.parameters.w!.data]).toEqual(initial);
  });

  it('goes on from a saved state as if nothing had happened', () => {
    const [whole, cut] = [createAdamW([spec]), createAdamW([spec])];
    const steps = (adamW: typeof whole, list: readonly number[][]) => {
      for (const gradient of list) {
        adamW.gradients.w!.data.set(gradient);
        adamW.step(0.01);
      }
    };
    steps(whole, gradients);
    steps(cut, gradients.slice(0, 9));
    const saved = structuredClone(cut.state());
    const resumed = createAdamW([spec], [], {}, createPlainKernels);
    resumed.restore(saved);
    steps(resumed, gradients.slice(9));
    expect(resumed.parameters.w!.data).toEqual(whole.parameters.w!.data);
    expect(() => resumed.restore({ step: 1, arrays: {} })).toThrow(/does not fit/);
  });
});

describe('an embedding table', () => {
  const rows = 6;
  const width = 5;
  const values = randomGradients(rows, width).flat();
  const spec = { name: 'e', initial: float32([rows, width], values), isDecayed: true };

  it('moves the rows that were read as a dense parameter would, and no other', () => {
    const sparse = createAdamW([], [{ ...spec, batchRows: 4 }], { clipNorm: 0.5 });
    const dense = createAdamW([spec], [], { clipNorm: 0.5 });
    const ids = [4, 1, 4, -1];
    const gradient = Float32Array.from(randomGradients(ids.length, width).flat());
    sparse.tables.e!.addGradient(ids, gradient);
    for (const [i, id] of ids.entries())
      for (let k = 0; k < width; k++)
        if (id >= 0) dense.gradients.e!.data[id * width + k]! += gradient[i * width + k]!;
    expect(sparse.step(0.1).gradientNorm).toBeCloseTo(dense.step(0.1).gradientNorm, 5);

    const [moved, expected] = [sparse.tables.e!.toArray(), dense.parameters.e!.data];
    for (let row = 0; row < rows; row++)
      for (let k = row * width; k < (row + 1) * width; k++)
        if (ids.includes(row)) expect(moved[k]).toBeCloseTo(expected[k]!, 5);
        else expect(moved[k]).toBe(Math.fround(values[k]!));
  });

  it('gathers rows, zeros for padding', () => {
    const { tables } = createAdamW([], [{ ...spec, batchRows: 4 }]);
    const into = new Float32Array(2 * width).fill(9);
    tables.e!.gather([2, -1], into);
    expect(into).toEqual(float32([10], [...values.slice(10, 15), 0, 0, 0, 0, 0]).data);
  });

  it('multiplies with sparse rows, and passes the gradient back, as a dense matrix would', () => {
    const { tables, step } = createAdamW([], [{ ...spec, batchRows: 4 }]);
    const bags = { starts: [0, 2, 2, 3], ids: [4, 1, 4], weights: [0.5, 2, -1] };
    const into = new Float32Array(3 * width);
    tables.e!.gatherSums(bags, into);
    for (let k = 0; k < width; k++) {
      const [row1, row4] = [values[width + k]!, values[4 * width + k]!];
      expect(into[k]).toBeCloseTo(0.5 * row4 + 2 * row1, 5);
      expect(into[width + k]).toBe(0);
      expect(into[2 * width + k]).toBeCloseTo(-row4, 5);
    }
    const gradient = Float32Array.from(randomGradients(3, width).flat());
    tables.e!.addSumsGradient(bags, gradient);
    // dE₁ = 2 g₀, dE₄ = 0.5 g₀ - g₂
    let squares = 0;
    for (let k = 0; k < width; k++)
      squares += (2 * gradient[k]!) ** 2 + (0.5 * gradient[k]! - gradient[2 * width + k]!) ** 2;
    expect(step(0.1).gradientNorm).toBeCloseTo(Math.sqrt(squares), 4);
  });

  it('refuses a batch that is larger than promised', () => {
    const { tables } = createAdamW([], [{ ...spec, batchRows: 1 }]);
    expect(() => tables.e!.addGradient([0, 1], new Float32Array(2 * width))).toThrow(
      /more than 1 rows/,
    );
  });
});

describe('the learning rate', () => {
  it.each(['cosine', 'linear'] as const)('rises, then falls to zero: %s', (shape) => {
    const at = (step: number) => learningRate({ peak: 1, warmUp: 4, total: 24, shape }, step);
    expect([0, 1, 3, 4, 14, 24, 99].map(at).map((rate) => Math.round(rate * 1e6) / 1e6)).toEqual([
      0.25, 0.5, 1, 1, 0.5, 0, 0,
    ]);
  });
});
