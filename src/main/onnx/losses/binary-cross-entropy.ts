import { scalar } from '../graph/apply.ts';
import type { Value } from '../graph/graph.ts';
import { shapeError } from '../graph/shape.ts';
import { add } from '../operators/add.ts';
import { mul } from '../operators/mul.ts';
import { neg } from '../operators/neg.ts';
import { reduceMean } from '../operators/reduce-mean.ts';
import { softplus } from '../operators/softplus.ts';
import { sub } from '../operators/sub.ts';
import { weightedMean } from './weighted-mean.ts';

export interface BinaryCrossEntropyOptions {
  /** ε: targets are moved this far towards ½. */
  readonly labelSmoothing?: number;
  /** How much more a missed label counts than a wrong one. Shapes: [C] */
  readonly positiveWeights?: Value;
  /** 0 for padding. Shapes: those of the logits without the last axis. */
  readonly rowWeights?: Value;
}

/**
 * Cross-entropy of sigmoid(logits) with targets in [0, 1], each class a question of its own: for several labels a row.
 * Shapes: logits and targets [..., C]; the result is one number, the mean over rows and classes.
 */
export function binaryCrossEntropy(
  logits: Value,
  targets: Value,
  { labelSmoothing = 0, positiveWeights, rowWeights }: BinaryCrossEntropyOptions = {},
): Value {
  if (logits.shape.length === 0)
    throw shapeError('binaryCrossEntropy', [logits], 'it needs an axis of classes');
  // q = (1 - ε) y + ε / 2
  const smooth =
    labelSmoothing === 0
      ? targets
      : add(mul(targets, scalar(targets, 1 - labelSmoothing)), scalar(targets, labelSmoothing / 2));
  // -ln σ(z) = ln(1 + e⁻ᶻ) and -ln(1 - σ(z)) = ln(1 + eᶻ), so l = w q ln(1 + e⁻ᶻ) + (1 - q) ln(1 + eᶻ)
  const missed = mul(smooth, softplus(neg(logits)));
  const wrong = mul(sub(scalar(smooth, 1), smooth), softplus(logits));
  const terms = add(positiveWeights ? mul(missed, positiveWeights) : missed, wrong);
  const losses = reduceMean(terms, [-1], false);
  const ones = add(mul(losses, scalar(losses, 0)), scalar(losses, 1));
  return weightedMean(losses, ones, rowWeights);
}
