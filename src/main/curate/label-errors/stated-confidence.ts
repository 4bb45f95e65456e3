const LEAST = 0.001;
const MAX_WEIGHT = 2;
const NEWTON_STEPS = 25;
/** The views disagree with many right labels, too, which flattens the slope that they show to about half. */
const ATTENUATION = 2;

/**
 * How much an author's own stated confidence adds to the doubt of each label: its logit against the mean, times a
 * weight that the data sets. The weight is the slope of a logistic regression of "the views agree with the label" on
 * the logit, so confidences that say nothing weigh nothing.
 * Shapes: confidences, isAgreed, heldOut and the result [N]; null where nothing was stated.
 */
export function doubtFromConfidence(
  confidences: readonly (number | null)[],
  isAgreed: readonly boolean[],
  heldOut: readonly boolean[] = [],
): Float32Array {
  const logits = confidences.map((confidence) =>
    confidence === null ? null : logit(Math.min(1 - LEAST, Math.max(LEAST, confidence))),
  );
  const stated = logits.flatMap((value, i) =>
    value === null || heldOut[i] ? [] : [{ value, isAgreed: isAgreed[i]! }],
  );
  const result = new Float32Array(confidences.length);
  if (stated.length < 50) return result;
  const mean = stated.reduce((sum, { value }) => sum + value, 0) / stated.length;
  const slope = fitSlope(
    stated.map(({ value, isAgreed: agreed }) => [value - mean, agreed ? 1 : 0]),
  );
  const weight = Math.min(MAX_WEIGHT, Math.max(0, ATTENUATION * slope));
  logits.forEach((value, i) => {
    if (value !== null) result[i] = -weight * (value - mean);
  });
  return result;
}

const logit = (p: number): number => Math.log(p / (1 - p));

/** Newton's method for ln(p / (1 - p)) = a + b x, with a weak prior on b. */
function fitSlope(points: readonly (readonly [number, number])[]): number {
  let [a, b] = [0, 0];
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, -b, 1e-6, 0, 1];
    for (const [x, y] of points) {
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const w = p * (1 - p);
      ga += y - p;
      gb += (y - p) * x;
      haa += w;
      hab += w * x;
      hbb += w * x * x;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(Math.abs(determinant) > 1e-12)) return b;
    a += (hbb * ga - hab * gb) / determinant;
    b += (haa * gb - hab * ga) / determinant;
  }
  return Number.isFinite(b) ? b : 0;
}
