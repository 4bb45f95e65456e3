import { beginOf, insideOf, OUTSIDE, type TagSet } from './tags.ts';

/**
 * What tags score beside the emissions: score(y) = starts[y_0] + sum_t E[t, y_t] + sum_t transitions[y_t-1, y_t] +
 * ends[y_L-1]. Shapes: transitions [T, T] row by row, from the row to the column; starts, ends [T].
 */
export interface Transitions {
  readonly transitions: Float32Array;
  readonly starts: Float32Array;
  readonly ends: Float32Array;
}

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
   * The most probable tags under the mask (Viterbi) in which no slot of one value has two, with what they and their
   * spans are worth among all tags that the mask allows.
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

/** So often may a text's doubles be resolved by forbidding one of two. */
const MOST_SPLITS = 4;
/** Far below any score that a model gives, and finite. */
const FORBIDDEN = -1e9;

/**
 * Makes a lattice; one call at a time uses its memory. Within a call tags are numbered compactly: 0 for O,
 * 1..m for the B and m+1..2m for the I of the frame's m slots, so that O and B, which may follow any tag, come first.
 * @see Lafferty, McCallum, Pereira, "Conditional random fields", 2001; Sutton and McCallum, "An introduction to
 *   conditional random fields", 2012, section 4.1
 */
export function createLattice(tagSet: TagSet, parameters: Transitions): Lattice {
  const { count: T } = tagSet;
  const tagsOfFrames = tagSet.frames.map((slots) =>
    Int32Array.of(OUTSIDE, ...Array.from(slots, beginOf), ...Array.from(slots, insideOf)),
  );
  const largest = Math.max(...tagsOfFrames.map((tags) => tags.length));

  // Of the call under way. n = 2m + 1 tags, of which the first f = m + 1 are O and B.
  let own = tagsOfFrames[0]!;
  let n = 0;
  let f = 0;
  /** Transition scores and their exponentials among the frame's tags. Shapes: [n, n]. */
  const scores = new Float64Array(largest * largest);
  const factors = new Float64Array(largest * largest);
  /** Shapes: [L, n]. emits: emission scores; alphas, betas: ln of the sums of all beginnings and endings. */
  let emits = new Float64Array(0);
  let alphas = new Float64Array(0);
  let betas = new Float64Array(0);
  let back = new Int32Array(0);
  const lefts = new Float64Array(largest);
  const rights = new Float64Array(largest);

  function prepare(emissions: Float32Array, length: number, frame: number): void {
    own = tagsOfFrames[frame]!;
    n = own.length;
    f = (n + 1) / 2;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        scores[i * n + j] = parameters.transitions[own[i]! * T + own[j]!]!;
    if (emits.length < length * n) {
      emits = new Float64Array(length * n * 2);
      alphas = new Float64Array(length * n * 2);
      betas = new Float64Array(length * n * 2);
      back = new Int32Array(length * n * 2);
    }
    for (let t = 0; t < length; t++)
      for (let i = 0; i < n; i++) emits[t * n + i] = emissions[t * T + own[i]!]!;
    for (let i = 0; i < n && length > 0; i++) {
      emits[i]! += parameters.starts[own[i]!]!;
      emits[(length - 1) * n + i]! += parameters.ends[own[i]!]!;
    }
  }

  /** The f-th tag after B is its I: B of the slot whose I is tag j. */
  const beginBefore = (j: number) => j - f + 1;

  function exponentiate(): void {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < f; j++) factors[i * n + j] = Math.exp(scores[i * n + j]!);
  }

  /** alpha_t(j) = E_t(j) + ln sum_i exp(alpha_t-1(i) + A_ij); returns ln Z = ln sum_i exp alpha_L-1(i). */
  function runForward(length: number): number {
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
        const b = beginBefore(j);
        alphas[t * n + j] =
          emits[t * n + j]! +
          addLogs(
            alphas[before + b]! + scores[b * n + j]!,
            alphas[before + j]! + scores[j * n + j]!,
          );
      }
    }
    return sumLogs(alphas, (length - 1) * n, n);
  }

  /** The I that may follow tag i, or 0 (O) for none. */
  const insideAfter = (i: number) => (i === 0 ? 0 : i < f ? i + f - 1 : i);

  /** ln of the sum over what follows tag i at t and is not I of the same slot; `rights` must hold exp(. - top). */
  function leave(i: number, top: number): number {
    let sum = 0;
    for (let j = 0; j < f; j++) sum += factors[i * n + j]! * rights[j]!;
    return top + Math.log(sum);
  }

  /** Puts exp(E_t(j) + beta_t(j) - top) of O and all B into `rights`; returns top. */
  function prepareRights(t: number): number {
    let top = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < f; j++) top = Math.max(top, emits[t * n + j]! + betas[t * n + j]!);
    for (let j = 0; j < f; j++) rights[j] = Math.exp(emits[t * n + j]! + betas[t * n + j]! - top);
    return top;
  }

  /** beta_t(i) = ln sum_j exp(A_ij + E_t+1(j) + beta_t+1(j)) */
  function runBackward(length: number): void {
    for (let i = 0; i < n && length > 0; i++) betas[(length - 1) * n + i] = 0;
    for (let t = length - 2; t >= 0; t--) {
      const after = (t + 1) * n;
      const top = prepareRights(t + 1);
      for (let i = 0; i < n; i++) {
        const j = insideAfter(i);
        betas[t * n + i] =
          j === 0
            ? leave(i, top)
            : addLogs(leave(i, top), scores[i * n + j]! + emits[after + j]! + betas[after + j]!);
      }
    }
  }

  /** Compact number of each tag. @throws RangeError for a tag or an order of tags that the mask forbids */
  function toCompact(tags: Int32Array, frame: number): Int32Array {
    const compact = Int32Array.from(tags, (tag) => own.indexOf(tag));
    compact.forEach((j, t) => {
      const isAllowed = j >= 0 && (j < f || (t > 0 && insideAfter(compact[t - 1]!) === j));
      if (!isAllowed)
        throw new RangeError(`Tag ${tags[t]} at word ${t} is not allowed in frame ${frame}.`);
    });
    return compact;
  }

  function scorePath(path: Int32Array): number {
    let score = 0;
    for (let t = 0; t < path.length; t++) {
      score += emits[t * n + path[t]!]!;
      if (t > 0) score += scores[path[t - 1]! * n + path[t]!]!;
    }
    return score;
  }

  function addExpected(
    length: number,
    logZ: number,
    weight: number,
    gradient: LatticeGradient,
  ): void {
    for (let t = 0; t < length; t++)
      for (let i = 0; i < n; i++) {
        // p(y_t = i) = exp(alpha_t(i) + beta_t(i) - ln Z)
        const share = weight * Math.exp(alphas[t * n + i]! + betas[t * n + i]! - logZ);
        gradient.emissions[t * T + own[i]!]! += share;
        if (t === 0) gradient.starts[own[i]!]! += share;
        if (t === length - 1) gradient.ends[own[i]!]! += share;
      }
    for (let t = 1; t < length; t++) {
      const top = prepareRights(t);
      for (let i = 0; i < n; i++) {
        // p(y_t-1 = i, y_t = j) = exp(alpha_t-1(i) + A_ij + E_t(j) + beta_t(j) - ln Z)
        const left = alphas[(t - 1) * n + i]! - logZ;
        const share = weight * Math.exp(left + top);
        const row = own[i]! * T;
        for (let j = 0; j < f; j++)
          gradient.transitions[row + own[j]!]! += share * factors[i * n + j]! * rights[j]!;
        const inside = insideAfter(i);
        if (inside === 0) continue;
        const right = emits[t * n + inside]! + betas[t * n + inside]!;
        gradient.transitions[row + own[inside]!]! +=
          weight * Math.exp(left + scores[i * n + inside]! + right);
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

  /** delta_t(j) = E_t(j) + max_i (delta_t-1(i) + A_ij), kept in `betas`. */
  function runViterbi(length: number): Int32Array {
    const path = new Int32Array(length);
    if (length === 0) return path;
    for (let j = 0; j < n; j++) betas[j] = j < f ? emits[j]! : Number.NEGATIVE_INFINITY;
    for (let t = 1; t < length; t++) {
      const before = (t - 1) * n;
      for (let j = 0; j < n; j++) {
        let best = j < f ? 0 : beginBefore(j);
        let top = betas[before + best]! + scores[best * n + j]!;
        const consider = (i: number) => {
          const score = betas[before + i]! + scores[i * n + j]!;
          if (score <= top) return;
          top = score;
          best = i;
        };
        if (j < f) for (let i = 1; i < n; i++) consider(i);
        else consider(j);
        betas[t * n + j] = emits[t * n + j]! + top;
        back[t * n + j] = best;
      }
    }
    const last = (length - 1) * n;
    let best = 0;
    for (let j = 1; j < n; j++) if (betas[last + j]! > betas[last + best]!) best = j;
    for (let t = length - 1; t >= 0; t--) {
      path[t] = best;
      best = back[t * n + best]!;
    }
    return path;
  }

  /**
   * The best path without a second value of a slot that has one: of two values either the one or the other is
   * forbidden, whichever leaves the better path. Some doubles may stay where there are very many.
   */
  function findPath(length: number, splits = MOST_SPLITS): Int32Array {
    const path = runViterbi(length);
    const rivals = splits > 0 ? findRivals(path) : [];
    if (rivals.length === 0) return path;
    let best = path;
    let top = Number.NEGATIVE_INFINITY;
    for (const { b, from, to } of rivals) {
      const saved = emits.slice(from * n, to * n);
      for (let t = from; t < to; t++) {
        emits[t * n + b] = FORBIDDEN;
        emits[t * n + insideAfter(b)] = FORBIDDEN;
      }
      const other = findPath(length, splits - 1);
      emits.set(saved, from * n);
      const score = scorePath(other);
      if (score <= top) continue;
      top = score;
      best = other;
    }
    return best;
  }

  /** Two values of one slot that may have one, in compact tags. */
  function findRivals(path: Int32Array): { b: number; from: number; to: number }[] {
    const seen = new Map<number, { b: number; from: number; to: number }>();
    for (let from = 0; from < path.length; from++) {
      const b = path[from]!;
      if (b === 0 || b >= f || tagSet.singles[(own[b]! - 1) / 2] === 0) continue;
      let to = from + 1;
      while (to < path.length && path[to] === insideAfter(b)) to++;
      const rival = seen.get(b);
      if (rival) return [rival, { b, from, to }];
      seen.set(b, { b, from, to });
    }
    return [];
  }

  /** ln p of B at `from`, I up to `to`, and no I there; alphas and betas must be those of the text. */
  function spanLogProbability(
    length: number,
    logZ: number,
    b: number,
    from: number,
    to: number,
  ): number {
    const inside = insideAfter(b);
    let score = alphas[from * n + b]!;
    for (let t = from + 1; t < to; t++)
      score += scores[(t === from + 1 ? b : inside) * n + inside]! + emits[t * n + inside]!;
    if (to < length) score += leave(to === from + 1 ? b : inside, prepareRights(to));
    return Math.min(0, score - logZ);
  }

  function measureSpans(
    length: number,
    logZ: number,
    frame: number,
    spans: readonly TaggedSpan[],
  ): number[] {
    const slots = tagSet.frames[frame]!;
    return spans.map(({ k, from, to }) => {
      const b = slots.indexOf(k) + 1;
      return b === 0 ? 0 : Math.exp(spanLogProbability(length, logZ, b, from, to));
    });
  }

  return {
    logPartition(emissions, length, frame) {
      prepare(emissions, length, frame);
      exponentiate();
      return runForward(length);
    },
    logProbability(emissions, tags, frame) {
      prepare(emissions, tags.length, frame);
      exponentiate();
      const path = toCompact(tags, frame);
      return Math.min(0, scorePath(path) - runForward(tags.length));
    },
    addGradient(emissions, tags, frame, weight, gradient) {
      prepare(emissions, tags.length, frame);
      exponentiate();
      const path = toCompact(tags, frame);
      const logZ = runForward(tags.length);
      runBackward(tags.length);
      addExpected(tags.length, logZ, weight, gradient);
      subtractObserved(tags, weight, gradient);
      return weight * Math.max(0, logZ - scorePath(path));
    },
    decode(emissions, length, frame) {
      prepare(emissions, length, frame);
      exponentiate();
      const path = findPath(length);
      const logZ = runForward(length);
      runBackward(length);
      const tags = path.map((j) => own[j]!);
      const spans = toSpans(tags);
      const probabilities = measureSpans(length, logZ, frame, spans);
      return {
        tags,
        probability: Math.exp(Math.min(0, scorePath(path) - logZ)),
        spans: spans.map((span, i) => ({ ...span, probability: probabilities[i]! })),
      };
    },
    spanProbabilities(emissions, length, frame, spans) {
      prepare(emissions, length, frame);
      exponentiate();
      const logZ = runForward(length);
      runBackward(length);
      return measureSpans(length, logZ, frame, spans);
    },
  };
}

/** The spans that allowed tags spell. */
export function toSpans(tags: Int32Array): TaggedSpan[] {
  const spans: TaggedSpan[] = [];
  for (let t = 0; t < tags.length; t++) {
    if (tags[t]! % 2 === 0) continue;
    const from = t;
    while (t + 1 < tags.length && tags[t + 1] === tags[from]! + 1) t++;
    spans.push({ k: (tags[from]! - 1) / 2, from, to: t + 1 });
  }
  return spans;
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
