import { beginOf, insideOf, OUTSIDE, type TagSet } from '../tags.ts';

/**
 * What tags score beside the emissions: score(y) = starts[y_0] + sum_t E[t, y_t] + sum_t transitions[y_t-1, y_t] +
 * ends[y_L-1]. Shapes: transitions [T, T] row by row, from the row to the column; starts, ends [T].
 */
export interface Transitions {
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

/**
 * One text under the mask of a frame, in a numbering of the frame's own: 0 is O, 1..m the B and m+1..2m the I of its m
 * slots, so that the f = m + 1 tags that may follow any come first; n = 2m + 1. Arrays may be longer than L words need.
 */
export interface Trellis {
  readonly length: number;
  readonly n: number;
  readonly f: number;
  /** Which of the T tags each is. Shapes: [n]. */
  readonly tags: Int32Array;
  /** Transition scores and, to O and B, their exponentials. Shapes: [n, n]. */
  readonly scores: Float64Array;
  readonly factors: Float64Array;
  /** Emission scores, edges included. Shapes: [L, n]. */
  readonly emits: Float64Array;
  /** ln of the sums over all beginnings and all endings; empty until they are computed. Shapes: [L, n]. */
  readonly alphas: Float64Array;
  readonly betas: Float64Array;
  /** Which tag the best way to a tag comes from. Shapes: [L, n]. */
  readonly back: Int32Array;
  /** Memory of n numbers. */
  readonly lefts: Float64Array;
  readonly rights: Float64Array;
}

/** The I that may follow a tag; 0 (O) for none. */
export const insideAfter = (f: number, i: number) => (i === 0 ? 0 : i < f ? i + f - 1 : i);

/** Loads texts into one trellis, whose memory the next text reuses. Transitions are read anew each time. */
export function createTrellisLoader(
  tagSet: TagSet,
  parameters: Transitions,
): (emissions: Float32Array, length: number, frame: number) => Trellis {
  const { count: T } = tagSet;
  const tagsOfFrames = tagSet.frames.map((slots) =>
    Int32Array.of(OUTSIDE, ...Array.from(slots, beginOf), ...Array.from(slots, insideOf)),
  );
  const largest = Math.max(...tagsOfFrames.map((tags) => tags.length));
  const scores = new Float64Array(largest * largest);
  const factors = new Float64Array(largest * largest);
  const lefts = new Float64Array(largest);
  const rights = new Float64Array(largest);
  let emits = new Float64Array(0);
  let alphas = new Float64Array(0);
  let betas = new Float64Array(0);
  let back = new Int32Array(0);

  return (emissions, length, frame) => {
    const tags = tagsOfFrames[frame]!;
    const n = tags.length;
    const f = (n + 1) / 2;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const score = parameters.transitions[tags[i]! * T + tags[j]!]!;
        scores[i * n + j] = score;
        if (j < f) factors[i * n + j] = Math.exp(score);
      }
    if (emits.length < length * n) {
      emits = new Float64Array(length * n * 2);
      alphas = new Float64Array(length * n * 2);
      betas = new Float64Array(length * n * 2);
      back = new Int32Array(length * n * 2);
    }
    for (let t = 0; t < length; t++)
      for (let i = 0; i < n; i++) emits[t * n + i] = emissions[t * T + tags[i]!]!;
    for (let i = 0; i < n && length > 0; i++) {
      emits[i]! += parameters.starts[tags[i]!]!;
      emits[(length - 1) * n + i]! += parameters.ends[tags[i]!]!;
    }
    return { length, n, f, tags, scores, factors, emits, alphas, betas, back, lefts, rights };
  };
}

/** The score of a path in the frame's own numbering. Shapes: path [L]. */
export function scorePath({ n, emits, scores }: Trellis, path: Int32Array): number {
  let score = 0;
  for (let t = 0; t < path.length; t++) {
    score += emits[t * n + path[t]!]!;
    if (t > 0) score += scores[path[t - 1]! * n + path[t]!]!;
  }
  return score;
}
