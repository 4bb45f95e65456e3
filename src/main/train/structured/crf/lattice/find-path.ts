import { insideAfter, scorePath, type Trellis } from './trellis.ts';

/** So often may a text's doubles be resolved by forbidding one of two. */
const MOST_SPLITS = 4;
/** Far below any score that a model gives, and finite. */
export const FORBIDDEN = -1e9;

/** Words of a value whose first tag is b. */
interface Rival {
  readonly b: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The best path in which no slot of one value has a second: of two values either the one or the other is forbidden,
 * whichever leaves the better path. Some doubles may stay where there are very many. `isSingle` says of each B whether
 * its slot has one value. Shapes: isSingle [n], result [L].
 */
export function findPath(
  trellis: Trellis,
  isSingle: Uint8Array,
  splits: number = MOST_SPLITS,
): Int32Array {
  const { n, f, emits } = trellis;
  const path = runViterbi(trellis);
  const rivals = splits > 0 ? findRivals(path, f, isSingle) : [];
  let best = path;
  let top = Number.NEGATIVE_INFINITY;
  for (const { b, from, to } of rivals) {
    const saved = emits.slice(from * n, to * n);
    for (let t = from; t < to; t++) {
      emits[t * n + b] = FORBIDDEN;
      emits[t * n + insideAfter(f, b)] = FORBIDDEN;
    }
    const other = findPath(trellis, isSingle, splits - 1);
    const score = scorePath(trellis, other);
    emits.set(saved, from * n);
    if (score <= top) continue;
    top = score;
    best = other;
  }
  return best;
}

/** Two values of one slot that may have one. */
function findRivals(path: Int32Array, f: number, isSingle: Uint8Array): Rival[] {
  const seen = new Map<number, Rival>();
  for (let from = 0; from < path.length; from++) {
    const b = path[from]!;
    if (b === 0 || b >= f || isSingle[b] === 0) continue;
    let to = from + 1;
    while (to < path.length && path[to] === insideAfter(f, b)) to++;
    const own = { b, from, to };
    const rival = seen.get(b);
    if (rival) return [rival, own];
    seen.set(b, own);
  }
  return [];
}

/** delta_t(j) = E_t(j) + max_i (delta_t-1(i) + A_ij), kept in `betas`. */
function runViterbi({ length, n, f, scores, emits, betas: deltas, back }: Trellis): Int32Array {
  const path = new Int32Array(length);
  if (length === 0) return path;
  for (let j = 0; j < n; j++) deltas[j] = j < f ? emits[j]! : Number.NEGATIVE_INFINITY;
  for (let t = 1; t < length; t++) {
    const before = (t - 1) * n;
    for (let j = 0; j < n; j++) {
      // Any tag may come before O and B, two before I.
      const first = j < f ? 0 : j - f + 1;
      const step = j < f ? 1 : f - 1;
      let best = first;
      let top = deltas[before + first]! + scores[first * n + j]!;
      for (let i = first + step; i < n && (j < f || i <= j); i += step) {
        const score = deltas[before + i]! + scores[i * n + j]!;
        if (score <= top) continue;
        top = score;
        best = i;
      }
      deltas[t * n + j] = emits[t * n + j]! + top;
      back[t * n + j] = best;
    }
  }
  const last = (length - 1) * n;
  let best = 0;
  for (let j = 1; j < n; j++) if (deltas[last + j]! > deltas[last + best]!) best = j;
  for (let t = length - 1; t >= 0; t--) {
    path[t] = best;
    best = back[t * n + best]!;
  }
  return path;
}
