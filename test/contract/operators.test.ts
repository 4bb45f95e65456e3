import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/main/lib/rng.ts';
import { applyAll } from '../../src/main/onnx/graph/apply.ts';
import type { GradientCase, Operator } from '../../src/main/onnx/graph/operator.ts';
import { operators } from '../../src/main/onnx/operators/index.ts';
import type { Tensor } from '../../src/main/onnx/tensor.ts';
import { checkGradients, type Optimisation, randomTensor } from '../helpers/finite-differences.ts';

/** The largest error of a gradient in float32, relative to the largest gradient of the case. */
const TOLERANCE = 3e-4;

/** Runs one case: its random inputs are the variables, its given ones constants. */
function check(operator: Operator, { inputs, attributes }: GradientCase, level: Optimisation) {
  const rng = createRng(42);
  const variables: Tensor<'float32'>[] = [];
  for (const input of inputs)
    if (input && 'dims' in input)
      variables.push(randomTensor(input.dims, input.low, input.high, rng));
  return checkGradients(
    variables,
    (graph, values) => {
      const next = values.values();
      const operands = inputs.map(
        (input) => input && ('tensor' in input ? graph.constant(input.tensor) : next.next().value),
      );
      const outputs = applyAll(operator, operands, attributes);
      return operator.hasManyGradients ? outputs : outputs.slice(0, 1);
    },
    level,
  );
}

describe.each(Object.entries(operators))('%s', (name, operator) => {
  it('is registered under its ONNX name', () => {
    expect(operator.type).toBe(name);
  });

  if (typeof operator.gradient !== 'function') return;
  it('has a case for its gradient', () => {
    expect(operator.cases).not.toHaveLength(0);
  });

  for (const example of operator.cases)
    it.each<Optimisation>(['disabled', 'all'])(
      `${example.name}, optimisation %s`,
      async (level) => {
        expect((await check(operator, example, level)).worst).toBeLessThan(TOLERANCE);
      },
    );
});

describe('the check itself', () => {
  it('sees a wrong rule', async () => {
    const wrong: Operator = { ...operators.Tanh, gradient: ({ dy }) => [dy] };
    expect((await check(wrong, operators.Tanh.cases[0]!, 'all')).worst).toBeGreaterThan(0.1);
  });
});
