/**
 * The probability that a positive scores above a negative, ties counting half (Mann-Whitney); NaN when a side is empty.
 * @see Hanley and McNeil, Radiology 143, 1982
 */
export function auroc(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): number {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort(
    (a, b) => scores[a]! - scores[b]!,
  );
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const meanRank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) {
      if (!isPositive[order[i]!]) continue;
      rankSum += meanRank;
      positives++;
    }
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  // U = R - P(P + 1)/2, AUROC = U / PN
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
