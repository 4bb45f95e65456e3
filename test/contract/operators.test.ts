import { describe, expect, it } from 'vitest';
import { prepareCase } from '../../src/main/onnx/gradient-check/operator-case.ts';
import { createGraph } from '../../src/main/onnx/graph/graph.ts';
import type { Operator, OperatorCase } from '../../src/main/onnx/graph/operator.ts';
import { toModel } from '../../src/main/onnx/graph/to-model.ts';
import { operators } from '../../src/main/onnx/operators/index.ts';
import { createSession } from '../../src/main/onnx/session.ts';
import type { Tensor } from '../../src/main/onnx/tensor.ts';
import { checkGradients, type Optimisation } from '../helpers/finite-differences.ts';

/** The largest error of a gradient in float32, relative to the largest gradient of the case. */
const TOLERANCE = 1e-4;

function check(operator: Operator, example: OperatorCase, level: Optimisation) {
  const { variables, smooth } = prepareCase(operator, example);
  return checkGradients(variables, smooth, level);
}

const cases = Object.values<Operator>(operators).flatMap((operator) =>
  operator.cases.map((example) => ({
    operator,
    example,
    title: `${operator.type}: ${example.name}`,
  })),
);

describe('operators', () => {
  it.each(Object.entries<Operator>(operators))(
    '%s has its ONNX name and a case',
    (name, operator) => {
      expect(operator.type).toBe(name);
      expect(operator.cases).not.toHaveLength(0);
    },
  );

  it.each(cases)(
    'has the type and shape that ONNX Runtime gives — $title',
    async ({ operator, example }) => {
      const { variables, call } = prepareCase(operator, example);
      const graph = createGraph('shapes');
      const feeds = variables.map((tensor, i): [string, Tensor] => [`x${i}`, tensor]);
      const outputs = call(
        graph,
        feeds.map(([name, { type, dims }]) => graph.input(name, type, dims)),
      );
      for (const [i, output] of outputs.entries()) graph.output(`y${i}`, output);
      const session = await createSession(toModel(graph), { threads: 1 });
      const results = await session.run(Object.fromEntries(feeds));
      for (const [i, { type, shape }] of outputs.entries())
        expect(results[`y${i}`]).toMatchObject({ type, dims: shape });
    },
  );

  const differentiable = cases.filter(({ operator }) => typeof operator.gradient === 'function');
  describe.each<Optimisation>(['disabled', 'all'])('optimisation %s', (level) => {
    it.each(differentiable)(
      'has the gradient that finite differences give — $title',
      async (given) => {
        const { worst } = await check(given.operator, given.example, level);
        expect(worst).toBeLessThan(TOLERANCE);
      },
    );
  });
});

describe('the check itself', () => {
  it('sees a wrong rule', async () => {
    const wrong: Operator = { ...operators.Tanh, gradient: ({ dy }) => [dy] };
    expect((await check(wrong, operators.Tanh.cases[0]!, 'all')).worst).toBeGreaterThan(0.1);
  });
});
