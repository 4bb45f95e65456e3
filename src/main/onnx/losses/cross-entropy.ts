import { scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { shapeError } from '../graph/shape.ts';
import { add } from '../operators/add.ts';
import { cast } from '../operators/cast.ts';
import { equal } from '../operators/equal.ts';
import { logSoftmax } from '../operators/log-softmax.ts';
import { mul } from '../operators/mul.ts';
import { neg } from '../operators/neg.ts';
import { reduceSum } from '../operators/reduce-sum.ts';
import { unsqueeze } from '../operators/unsqueeze.ts';
import { int64 } from '../tensor.ts';
import { weightedMean } from './weighted-mean.ts';

export interface CrossEntropyOptions {
  /** T > 1 softens the student's probabilities; the targets must have been softened alike. */
  readonly temperature?: number;
  /** ε: this share of each target is spread evenly over the classes. */
  readonly labelSmoothing?: number;
  /** Shapes: [C] */
  readonly classWeights?: Value;
  /** 0 for padding. Shapes: those of the logits without the last axis. */
  readonly rowWeights?: Value;
}

/**
 * Cross-entropy of softmax(logits) with targets: class numbers (a negative one is ignored) or probabilities. With
 * tokens as rows it is the token-level loss, and row weights are the mask.
 * Shapes: logits [..., C]; targets int64 [...] or float32 [..., C]; the result is one number.
 * @see Szegedy et al., "Rethinking the Inception architecture", 2016, section 7 (smoothing); Hinton, Vinyals and
 * Dean, "Distilling the knowledge in a neural network", 2015 (temperature, and why T² keeps the gradient's size)
 */
export function crossEntropy(
  logits: Value,
  targets: Value,
  { temperature = 1, labelSmoothing = 0, classWeights, rowWeights }: CrossEntropyOptions = {},
): Value {
  const classes = logits.shape.at(-1);
  if (typeof classes !== 'number')
    throw shapeError('crossEntropy', [logits], 'the number of classes must be known');
  const share = targets.type === 'int64' ? toShares(targets, classes, logits) : targets;

  // qᵢ = (1 - ε) pᵢ + (ε / C) Σⱼ pⱼ
  const whole = reduceSum(share, [-1]);
  const smooth =
    labelSmoothing === 0
      ? share
      : add(
          mul(share, scalar(share, 1 - labelSmoothing)),
          mul(whole, scalar(share, labelSmoothing / classes)),
        );
  const weigh = (x: Value) => (classWeights ? mul(x, classWeights) : x);

  // l = -T² Σᵢ wᵢ qᵢ log softmax(z / T)ᵢ
  const scaled = temperature === 1 ? logits : mul(logits, scalar(logits, 1 / temperature));
  const terms = reduceSum(mul(weigh(smooth), logSoftmax(scaled)), [-1], false);
  const losses = temperature === 1 ? neg(terms) : mul(terms, scalar(terms, -(temperature ** 2)));

  // Averaged as PyTorch does: a row counts by the weight of its class.
  return weightedMean(losses, reduceSum(weigh(share), [-1], false), rowWeights);
}

/** Class numbers as rows with a one: pᵢ = [i = target], so that a negative number gives a row of zeros. */
function toShares(targets: Value, classes: number, logits: Value): Value {
  const numbers = targets.graph.constant(
    int64(
      [classes],
      Array.from({ length: classes }, (_, i) => i),
    ),
  );
  return cast(equal(unsqueeze(targets, [-1]), numbers), logits.type);
}
