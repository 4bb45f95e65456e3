import { findPath } from './lattice/find-path.ts';
import { forceNeeded } from './lattice/force-needed.ts';
import { leave, prepareRights, runBackward, runForward } from './lattice/sums.ts';
import {
  createTrellisLoader,
  insideAfter,
  scorePath,
  type Transitions,
  type Trellis,
} from './lattice/trellis.ts';
import { OUTSIDE, type TagSet } from './tags.ts';

export type { Transitions } from './lattice/trellis.ts';

/** dL/dE and dL/dTransitions, which a lattice adds to. Shapes: emissions [L, T]; the others as `Transitions`. */
export interface LatticeGradient extends Transitions {
  readonly emissions: Float32Array;
}

/** Words from `from` up to and without `to`, as a value of slot k of the tag set. */
export interface TaggedSpan {
  readonly k: number;
  readonly from: number;
  readonly to: number;
}

/** The best tags of a text. Shapes: tags [L]. */
export interface Decoded {
  readonly tags: Int32Array;
  /** p(tags | text, frame) */
  readonly probability: number;
  /** In order, each with p(a value of this slot begins and ends exactly here | text, frame). */
  readonly spans: readonly (TaggedSpan & { readonly probability: number })[];
}

/**
 * A linear-chain conditional random field under the mask of a frame: of the T tags only O and the frame's own B and
 * I take part, in the partition function, too; I follows only B or I of its own slot. Emissions are [L, T] row by
 * row and may hold anything at tags that the mask forbids. Any finite scores are right: nothing under- or overflows.
 * The transitions are read anew by each call, so they may be trained between calls. A text without words has one
 * path, of probability 1.
 */
export interface Lattice {
  /** ln Z = ln sum_y exp score(y) */
  logPartition(emissions: Float32Array, length: number, frame: number): number;
  /** ln p(tags | text, frame); the tags must be allowed. */
  logProbability(emissions: Float32Array, tags: Int32Array, frame: number): number;
  /**
   * Adds the gradient of weight * -ln p(tags | text, frame) to `gradient` and returns that loss. Entries of tags
   * that the mask forbids stay as they are.
   */
  addGradient(
    emissions: Float32Array,
    tags: Int32Array,
    frame: number,
    weight: number,
    gradient: LatticeGradient,
  ): number;
  /**
   * The most probable tags under the mask (Viterbi) in which no slot of one value has two and each slot that the frame
   * needs has a value, with what they and their spans are worth among all tags that the mask allows: a value that only
   * the need brought about is improbable, and says so.
   */
  decode(emissions: Float32Array, length: number, frame: number): Decoded;
  /** p(a value of slot k stands exactly here | text, frame) for each span. Shapes: result as `spans`. */
  spanProbabilities(
    emissions: Float32Array,
    length: number,
    frame: number,
    spans: readonly TaggedSpan[],
  ): number[];
}

/**
 * Makes a lattice; one call at a time uses its memory.
 * @see Lafferty, McCallum, Pereira, "Conditional random fields", 2001; Sutton and McCallum, "An introduction to
 *   conditional random fields", 2012, section 4.1
 */
export function createLattice(tagSet: TagSet, parameters: Transitions): Lattice {
  const { count: T } = tagSet;
  const load = createTrellisLoader(tagSet, parameters);

  /** p(y_t = i) = exp(alpha_t(i) + beta_t(i) - ln Z);  p(y_t-1 = i, y_t = j) = exp(alpha_t-1(i) + A_ij + E_t(j) + beta_t(j) - ln Z) */
  function addExpected(
    trellis: Trellis,
    logZ: number,
    weight: number,
    gradient: LatticeGradient,
  ): void {
    const { length, n, f, tags, scores, factors, emits, alphas, betas, rights } = trellis;
    for (let t = 0; t < length; t++)
      for (let i = 0; i < n; i++) {
        const share = weight * Math.exp(alphas[t * n + i]! + betas[t * n + i]! - logZ);
        gradient.emissions[t * T + tags[i]!]! += share;
        if (t === 0) gradient.starts[tags[i]!]! += share;
        if (t === length - 1) gradient.ends[tags[i]!]! += share;
      }
    for (let t = 1; t < length; t++) {
      const top = prepareRights(trellis, t);
      for (let i = 0; i < n; i++) {
        const left = alphas[(t - 1) * n + i]! - logZ;
        const share = weight * Math.exp(left + top);
        const row = tags[i]! * T;
        for (let j = 0; j < f; j++)
          gradient.transitions[row + tags[j]!]! += share * factors[i * n + j]! * rights[j]!;
        const j = insideAfter(f, i);
        if (j === 0) continue;
        const right = emits[t * n + j]! + betas[t * n + j]!;
        gradient.transitions[row + tags[j]!]! +=
          weight * Math.exp(left + scores[i * n + j]! + right);
      }
    }
  }

  function subtractObserved(tags: Int32Array, weight: number, gradient: LatticeGradient): void {
    if (tags.length === 0) return;
    for (let t = 0; t < tags.length; t++) {
      gradient.emissions[t * T + tags[t]!]! -= weight;
      if (t > 0) gradient.transitions[tags[t - 1]! * T + tags[t]!]! -= weight;
    }
    gradient.starts[tags[0]!]! -= weight;
    gradient.ends[tags.at(-1)!]! -= weight;
  }

  /** exp(ln p) of B at `from`, I up to `to`, and no I there; alphas and betas must be those of the text. */
  function measureSpans(
    trellis: Trellis,
    logZ: number,
    frame: number,
    spans: readonly TaggedSpan[],
  ): number[] {
    const { length, n, f, scores, emits, alphas } = trellis;
    const slots = tagSet.frames[frame]!;
    return spans.map(({ k, from, to }) => {
      const b = slots.indexOf(k) + 1;
      if (b === 0) return 0;
      const inside = insideAfter(f, b);
      let score = alphas[from * n + b]!;
      for (let t = from + 1; t < to; t++)
        score += scores[(t === from + 1 ? b : inside) * n + inside]! + emits[t * n + inside]!;
      if (to < length)
        score += leave(trellis, to === from + 1 ? b : inside, prepareRights(trellis, to));
      return Math.exp(Math.min(0, score - logZ));
    });
  }

  return {
    logPartition: (emissions, length, frame) => runForward(load(emissions, length, frame)),
    logProbability(emissions, tags, frame) {
      const trellis = load(emissions, tags.length, frame);
      const path = toPath(trellis, tags, frame);
      return Math.min(0, scorePath(trellis, path) - runForward(trellis));
    },
    addGradient(emissions, tags, frame, weight, gradient) {
      const trellis = load(emissions, tags.length, frame);
      const path = toPath(trellis, tags, frame);
      const logZ = runForward(trellis);
      runBackward(trellis);
      addExpected(trellis, logZ, weight, gradient);
      subtractObserved(tags, weight, gradient);
      return weight * Math.max(0, logZ - scorePath(trellis, path));
    },
    decode(emissions, length, frame) {
      const trellis = load(emissions, length, frame);
      const slots = tagSet.frames[frame]!;
      const isSingle = Uint8Array.of(0, ...Array.from(slots, (k) => tagSet.singles[k]!));
      const needed = Int32Array.from(tagSet.needed[frame]!, (k) => slots.indexOf(k) + 1);
      const free = findPath(trellis, isSingle);
      const isWhole = needed.every((b) => free.includes(b));
      const path = isWhole ? free : forceNeeded(trellis, isSingle, needed, free);
      const logZ = runForward(trellis);
      runBackward(trellis);
      const tags = path.map((j) => trellis.tags[j]!);
      const spans = toSpans(tags);
      const probabilities = measureSpans(trellis, logZ, frame, spans);
      return {
        tags,
        probability: Math.exp(Math.min(0, scorePath(trellis, path) - logZ)),
        spans: spans.map((span, i) => ({ ...span, probability: probabilities[i]! })),
      };
    },
    spanProbabilities(emissions, length, frame, spans) {
      const trellis = load(emissions, length, frame);
      const logZ = runForward(trellis);
      runBackward(trellis);
      return measureSpans(trellis, logZ, frame, spans);
    },
  };
}

/** Tags in the frame's own numbering. @throws RangeError for a tag or an order of tags that the mask forbids */
function toPath({ f, tags: own }: Trellis, tags: Int32Array, frame: number): Int32Array {
  const path = Int32Array.from(tags, (tag) => own.indexOf(tag));
  path.forEach((j, t) => {
    const isAllowed = j >= 0 && (j < f || (t > 0 && insideAfter(f, path[t - 1]!) === j));
    if (!isAllowed)
      throw new RangeError(`Tag ${tags[t]} at word ${t} is not allowed in frame ${frame}.`);
  });
  return path;
}

/** The spans that allowed tags spell. */
export function toSpans(tags: Int32Array): TaggedSpan[] {
  const spans: TaggedSpan[] = [];
  for (let t = 0; t < tags.length; t++) {
    if (tags[t] === OUTSIDE || tags[t]! % 2 === 0) continue;
    const from = t;
    while (t + 1 < tags.length && tags[t + 1] === tags[from]! + 1) t++;
    spans.push({ k: (tags[from]! - 1) / 2, from, to: t + 1 });
  }
  return spans;
}
