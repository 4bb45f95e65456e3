/** max |a - b| / max |b| over the places that count, those of `expected`. Another length or NaN counts as infinite. */
export function worstDifference(
  actual: Float32Array,
  expected: Float32Array,
  counts: (place: number) => boolean = () => true,
): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  let largest = 1e-12;
  for (let i = 0; i < expected.length; i++) {
    if (!counts(i)) continue;
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / largest;
}
