/**
 * Adds weight * d(-Σ q ln softmax(z)) / dz = weight (Σq softmax(z) - q) and returns the weighted loss.
 * Shapes: all [C].
 */
export function addSoftmaxGradient(
  scores: Float32Array,
  targets: ArrayLike<number>,
  weight: number,
  gradient: Float32Array | undefined,
): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let total = 0;
  for (const score of scores) total += Math.exp(score - top);
  const logTotal = top + Math.log(total);
  let [loss, mass] = [0, 0];
  for (let c = 0; c < scores.length; c++) {
    loss += targets[c]! * (logTotal - scores[c]!);
    mass += targets[c]!;
  }
  if (gradient)
    for (let c = 0; c < scores.length; c++)
      gradient[c]! += weight * (mass * Math.exp(scores[c]! - logTotal) - targets[c]!);
  return weight * loss;
}

/** The same for questions of their own: -Σ q ln σ(z) + (1 - q) ln (1 - σ(z)), gradient σ(z) - q. Shapes: all [C]. */
export function addBinaryGradient(
  scores: Float32Array,
  targets: ArrayLike<number>,
  weight: number,
  gradient: Float32Array | undefined,
): number {
  let loss = 0;
  for (let c = 0; c < scores.length; c++) {
    const z = scores[c]!;
    // ln(1 + e^z) - q z, without overflow
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[c]! * z;
    if (gradient) gradient[c]! += weight * (1 / (1 + Math.exp(-z)) - targets[c]!);
  }
  return weight * loss;
}
