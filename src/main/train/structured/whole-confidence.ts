import { createRng } from '../../lib/rng.ts';
import { fitLogistic } from '../../lib/statistics/logistic.ts';
import { type Evidence, type EvidenceName, evidenceNames } from './evidence.ts';

/** The ways to judge a whole output that are compared; each a logistic function of some of the evidence. */
const methods: Readonly<Record<string, readonly EvidenceName[]>> = {
  product: ['product'],
  minimum: ['weakest'],
  learnt: evidenceNames,
};
const FOLDS = 5;
const RIDGE = 1;
/** With fewer rows than these the product is taken as it is: two numbers fitted to them would be noise. */
const FEWEST_ROWS = 30;
/** So near to 0 and 1 no row is ever. */
const LEAST = 1e-6;

/** p = 1 / (1 + exp(-(intercept + Σ weights · evidence))) */
export interface WholeConfidence {
  readonly method: string;
  readonly intercept: number;
  readonly weights: Readonly<Partial<Record<EvidenceName, number>>>;
  readonly rows: number;
  /** Mean -ln p of each method on rows that it was not fitted on. */
  readonly compared: Readonly<Record<string, number>>;
}

/**
 * Chooses how the probability that a whole output is right follows from the evidence: the odds of the product or of
 * the least probability, stretched (Platt 1999), or all of the evidence weighed; whichever is the likeliest on rows
 * left out in turn. Shapes: evidence, isRight [N], of rows the student was not trained on.
 */
export function fitWholeConfidence(
  evidence: readonly Evidence[],
  isRight: readonly boolean[],
  seed: number,
): WholeConfidence {
  if (evidence.length < FEWEST_ROWS)
    return { method: 'product', intercept: 0, weights: { product: 1 }, rows: 0, compared: {} };
  const order = createRng(seed).shuffle(Array.from(evidence.keys()));
  const foldOf = new Int32Array(evidence.length);
  order.forEach((row, position) => {
    foldOf[row] = position % FOLDS;
  });
  const compared = Object.fromEntries(
    Object.entries(methods).map(([method, names]) => [method, lossOf(names)]),
  );
  const [method, names] = Object.entries(methods).reduce((best, each) =>
    compared[each[0]]! < compared[best[0]]! ? each : best,
  );
  const { intercept, weights } = fitOn(names, Array.from(evidence.keys()));
  return {
    method,
    intercept,
    weights: Object.fromEntries(names.map((name, i) => [name, weights[i]!])),
    rows: evidence.length,
    compared,
  };

  function fitOn(names: readonly EvidenceName[], rows: readonly number[]) {
    return fitLogistic(
      rows.map((row) => names.map((name) => evidence[row]![name])),
      rows.map((row) => isRight[row]!),
      RIDGE,
    );
  }

  function lossOf(names: readonly EvidenceName[]): number {
    let sum = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      const inside = order.filter((row) => foldOf[row] !== fold);
      const { intercept, weights } = fitOn(names, inside);
      const spec = Object.fromEntries(names.map((name, i) => [name, weights[i]!]));
      for (const row of order) {
        if (foldOf[row] !== fold) continue;
        const p = applyConfidence({ intercept, weights: spec }, evidence[row]!);
        sum -= Math.log(Math.max(LEAST, isRight[row] ? p : 1 - p));
      }
    }
    return sum / order.length;
  }
}

/** Probability that a whole output is right, in [0, 1]. */
export function applyConfidence(
  { intercept, weights }: Pick<WholeConfidence, 'intercept' | 'weights'>,
  evidence: Evidence,
): number {
  let sum = intercept;
  for (const name of evidenceNames) sum += (weights[name] ?? 0) * evidence[name];
  return 1 / (1 + Math.exp(-sum));
}
