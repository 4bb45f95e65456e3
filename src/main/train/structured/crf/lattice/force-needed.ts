import { FORBIDDEN, findPath } from './find-path.ts';
import { runBackward, runForward } from './sums.ts';
import type { Trellis } from './trellis.ts';

/** Log probabilities this near count as equal, so that rounding chooses no place: the first one is taken. */
const EQUAL = 1e-4;

/**
 * The best path in which each needed slot has a value. While one has none, the word that most probably begins such a
 * value (max over t of p(y_t = b)) is made to, and the best path is looked for anew; each turn fixes one more word, so
 * it ends, at the latest when no word is left. Emissions are as before afterwards, sums and ways are not. Shapes:
 * needed holds B tags of the frame's numbering; path, result [L].
 */
export function forceNeeded(
  trellis: Trellis,
  isSingle: Uint8Array,
  needed: Int32Array,
  path: Int32Array,
): Int32Array {
  const { length, n, emits } = trellis;
  const saved = emits.slice(0, length * n);
  const isForced = new Uint8Array(length);
  let best = path;
  for (;;) {
    const missing = needed.filter((b) => !best.includes(b));
    const place = missing.length > 0 ? findLikeliest(trellis, missing, isForced) : undefined;
    if (!place) break;
    isForced[place.t] = 1;
    for (let i = 0; i < n; i++) if (i !== place.b) emits[place.t * n + i] = FORBIDDEN;
    best = findPath(trellis, isSingle);
  }
  emits.set(saved);
  return best;
}

/** ln p(y_t = b) = alpha_t(b) + beta_t(b) - ln Z; the last is the same for all. */
function findLikeliest(
  trellis: Trellis,
  missing: Int32Array,
  isForced: Uint8Array,
): { readonly t: number; readonly b: number } | undefined {
  const { length, n, alphas, betas } = trellis;
  runForward(trellis);
  runBackward(trellis);
  let found: { readonly t: number; readonly b: number } | undefined;
  let top = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < length; t++)
    for (const b of missing) {
      const score = alphas[t * n + b]! + betas[t * n + b]!;
      if (isForced[t] === 1 || score <= top + EQUAL) continue;
      top = score;
      found = { t, b };
    }
  return found;
}
