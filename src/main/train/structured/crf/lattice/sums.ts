import { insideAfter, type Trellis } from './trellis.ts';

/** alpha_t(j) = E_t(j) + ln sum_i exp(alpha_t-1(i) + A_ij); returns ln Z = ln sum_i exp alpha_L-1(i). */
export function runForward({
  length,
  n,
  f,
  scores,
  factors,
  emits,
  alphas,
  lefts,
}: Trellis): number {
  if (length === 0) return 0;
  for (let j = 0; j < n; j++) alphas[j] = j < f ? emits[j]! : Number.NEGATIVE_INFINITY;
  for (let t = 1; t < length; t++) {
    const before = (t - 1) * n;
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) if (alphas[before + i]! > top) top = alphas[before + i]!;
    for (let i = 0; i < n; i++) lefts[i] = Math.exp(alphas[before + i]! - top);
    for (let j = 0; j < f; j++) {
      // Holds the largest alpha, so it is never 0.
      let sum = 0;
      for (let i = 0; i < n; i++) sum += lefts[i]! * factors[i * n + j]!;
      alphas[t * n + j] = emits[t * n + j]! + top + Math.log(sum);
    }
    for (let j = f; j < n; j++) {
      const b = j - f + 1; // B of the slot whose I is j
      const fromBegin = alphas[before + b]! + scores[b * n + j]!;
      const fromInside = alphas[before + j]! + scores[j * n + j]!;
      alphas[t * n + j] = emits[t * n + j]! + addLogs(fromBegin, fromInside);
    }
  }
  return sumLogs(alphas, (length - 1) * n, n);
}

/** beta_t(i) = ln sum_j exp(A_ij + E_t+1(j) + beta_t+1(j)) */
export function runBackward(trellis: Trellis): void {
  const { length, n, f, scores, emits, betas } = trellis;
  for (let i = 0; i < n && length > 0; i++) betas[(length - 1) * n + i] = 0;
  for (let t = length - 2; t >= 0; t--) {
    const after = (t + 1) * n;
    const top = prepareRights(trellis, t + 1);
    for (let i = 0; i < n; i++) {
      const left = leave(trellis, i, top);
      const j = insideAfter(f, i);
      betas[t * n + i] =
        j === 0 ? left : addLogs(left, scores[i * n + j]! + emits[after + j]! + betas[after + j]!);
    }
  }
}

/** Puts exp(E_t(j) + beta_t(j) - top) of O and all B into `rights`; returns top. */
export function prepareRights({ n, f, emits, betas, rights }: Trellis, t: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < f; j++) top = Math.max(top, emits[t * n + j]! + betas[t * n + j]!);
  for (let j = 0; j < f; j++) rights[j] = Math.exp(emits[t * n + j]! + betas[t * n + j]! - top);
  return top;
}

/** ln of the sum over what follows tag i and is not I of its slot, after `prepareRights`. */
export function leave({ n, f, factors, rights }: Trellis, i: number, top: number): number {
  let sum = 0;
  for (let j = 0; j < f; j++) sum += factors[i * n + j]! * rights[j]!;
  return top + Math.log(sum);
}

/** ln(exp a + exp b) */
function addLogs(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top));
}

function sumLogs(values: Float64Array, start: number, count: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) top = Math.max(top, values[start + i]!);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(values[start + i]! - top);
  return top + Math.log(sum);
}
