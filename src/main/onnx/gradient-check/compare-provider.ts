import type { Provider } from '../../../shared/domain/provider.ts';
import type { Operator } from '../graph/operator.ts';
import { toModel } from '../graph/to-model.ts';
import { operators } from '../operators/index.ts';
import { createSession } from '../session.ts';
import type { Tensor } from '../tensor.ts';
import { feedsOf, gradientGraphs } from './gradient-graph.ts';
import { prepareCase } from './operator-case.ts';

/** The largest difference of a gradient in float32, relative to the largest gradient of its case. */
const TOLERANCE = 1e-3;

/** One case whose gradient is not the processor's. */
export interface Disagreement {
  readonly operator: string;
  readonly example: string;
  /** Relative to the largest gradient of the case; not a number where one of them is none. */
  readonly difference: number;
}

export interface ComparisonOptions {
  /** Called after each case; true ends the comparison. */
  readonly step: (done: number, total: number) => boolean;
  /** What takes the place of the graphics card in a test. */
  readonly runOn?: typeof runGradients;
}

/**
 * The gradients of every case of every operator, computed by a provider and by the processor, which the contract test
 * compares with finite differences.
 * @throws AppError `onnx.malformed` where the provider cannot run at all
 */
export async function compareProvider(
  provider: Provider,
  { step, runOn = runGradients }: ComparisonOptions,
): Promise<readonly Disagreement[]> {
  const cases = Object.values<Operator>(operators)
    .filter(({ gradient }) => typeof gradient === 'function')
    .flatMap((operator) => operator.cases.map((example) => ({ operator, example })));
  const found: Disagreement[] = [];
  for (const [i, { operator, example }] of cases.entries()) {
    const { variables, smooth } = prepareCase(operator, example);
    const model = toModel(gradientGraphs(variables, smooth).backward);
    const feeds = feedsOf(variables);
    const difference = relativeDifference(
      await runGradients(model, feeds, 'cpu'),
      await runOn(model, feeds, provider),
    );
    if (!(difference <= TOLERANCE))
      found.push({ operator: operator.type, example: example.name, difference });
    if (step(i + 1, cases.length)) break;
  }
  return found;
}

export async function runGradients(
  model: Uint8Array,
  feeds: Readonly<Record<string, Tensor>>,
  provider: Provider,
): Promise<Readonly<Record<string, Tensor>>> {
  const session = await createSession(model, { threads: 1, provider });
  try {
    return await session.run(feeds);
  } finally {
    await session.close();
  }
}

/** max |a - b| / max |a| */
function relativeDifference(
  expected: Readonly<Record<string, Tensor>>,
  given: Readonly<Record<string, Tensor>>,
): number {
  let worst = 0;
  let scale = 1e-3;
  for (const [name, { data }] of Object.entries(expected))
    for (const [i, value] of data.entries()) {
      const difference = Math.abs(Number(value) - Number(given[name]!.data[i]));
      if (Number.isNaN(difference)) return Number.NaN;
      worst = Math.max(worst, difference);
      scale = Math.max(scale, Math.abs(Number(value)));
    }
  return worst / scale;
}
