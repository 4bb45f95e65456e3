import { throwIfCancelled } from '../../../../shared/errors.ts';
import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import { createLattice, type LatticeGradient, type Transitions } from './lattice.ts';
import { listFrameTags, type TagSet } from './tags.ts';

/** Chosen on validation rows of SNIPS, which stand for other data: all are flat around these values. */
const EPOCHS = 8;
const LEARNING_RATE = 0.1;
const FEATURE_DROPOUT = 0.1;
const SMOOTHING = 0.01;
const NEGLIGIBLE = 1e-3;

/** A text to learn from. Shapes: matrix has a row for each word; tags [L]. */
export interface TaggedRow {
  readonly matrix: SparseMatrix;
  readonly tags: Int32Array;
  readonly frame: number;
  readonly weight: number;
}

/** E = X W, and what tags score beside. Shapes: emissions.weights [F, T]. */
export interface TaggerModel {
  readonly emissions: LinearModel;
  readonly transitions: Transitions;
}

/** A trained number, its gradient's squares summed up, as AdaGrad wants them. */
interface Parameters {
  readonly values: Float32Array;
  readonly squares: Float32Array;
}

/**
 * Minimises the sum of -ln p(tags | text, frame) over rows, p being the conditional random field under the frame's
 * mask, by AdaGrad with a rate that falls linearly to 0. Some features of each word are left out at random, so that
 * none is relied on alone.
 * @see Duchi, Hazan, Singer, "Adaptive subgradient methods", 2011; Wager, Wang, Liang, "Dropout training as adaptive
 *   regularization", 2013
 */
export async function fitTagger(
  rows: readonly TaggedRow[],
  tagSet: TagSet,
  features: number,
  seed: number,
  work: Work,
): Promise<TaggerModel> {
  const T = tagSet.count;
  const own = listFrameTags(tagSet);
  const longest = rows.reduce((most, { tags }) => Math.max(most, tags.length), 1);
  const weights = createParameters(features * T);
  const beside = {
    transitions: createParameters(T * T),
    starts: createParameters(T),
    ends: createParameters(T),
  };
  const transitions: Transitions = {
    transitions: beside.transitions.values,
    starts: beside.starts.values,
    ends: beside.ends.values,
  };
  const lattice = createLattice(tagSet, transitions);
  const rng = createRng(seed);
  const emissions = new Float32Array(longest * T);
  const gradient: LatticeGradient = {
    emissions: new Float32Array(longest * T),
    transitions: new Float32Array(T * T),
    starts: new Float32Array(T),
    ends: new Float32Array(T),
  };
  let kept = new Int32Array(4096);
  const keptStarts = new Int32Array(longest + 1);

  /** E of the frame's tags, of the features that are not left out, which are noted in `kept`. */
  function emit({ matrix, frame }: TaggedRow): void {
    if (kept.length < matrix.indices.length) kept = new Int32Array(matrix.indices.length * 2);
    const tags = own[frame]!;
    let filled = 0;
    for (let w = 0; w < matrix.rows; w++) {
      for (let i = matrix.starts[w]!; i < matrix.starts[w + 1]!; i++)
        if (rng.next() >= FEATURE_DROPOUT) kept[filled++] = matrix.indices[i]! * T;
      keptStarts[w + 1] = filled;
      for (const tag of tags) {
        let sum = 0;
        for (let i = keptStarts[w]!; i < filled; i++) sum += weights.values[kept[i]! + tag]!;
        emissions[w * T + tag] = sum / (1 - FEATURE_DROPOUT);
      }
    }
  }

  function clearGradient(tags: Int32Array, length: number): void {
    gradient.emissions.fill(0, 0, length * T);
    for (const i of tags) {
      gradient.starts[i] = 0;
      gradient.ends[i] = 0;
      for (const j of tags) gradient.transitions[i * T + j] = 0;
    }
  }

  /** s <- s + g²;  w <- w - rate g / sqrt(s + smoothing) */
  function update({ values, squares }: Parameters, at: number, g: number, rate: number): void {
    squares[at]! += g * g;
    values[at]! -= (rate * g) / Math.sqrt(squares[at]! + SMOOTHING);
  }

  function learn(row: TaggedRow, rate: number): number {
    const tags = own[row.frame]!;
    emit(row);
    clearGradient(tags, row.tags.length);
    const loss = lattice.addGradient(emissions, row.tags, row.frame, row.weight, gradient);
    for (let w = 0; w < row.tags.length; w++)
      for (const tag of tags) {
        const g = gradient.emissions[w * T + tag]!;
        if (Math.abs(g) < NEGLIGIBLE) continue;
        for (let i = keptStarts[w]!; i < keptStarts[w + 1]!; i++)
          update(weights, kept[i]! + tag, g, rate);
      }
    for (const i of tags) {
      update(beside.starts, i, gradient.starts[i]!, rate);
      update(beside.ends, i, gradient.ends[i]!, rate);
      for (const j of tags)
        update(beside.transitions, i * T + j, gradient.transitions[i * T + j]!, rate);
    }
    return loss;
  }

  const pause = pauseWhenDue(work.signal);
  const order = Int32Array.from(rows.keys());
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    throwIfCancelled(work.signal);
    rng.shuffle(order);
    let loss = 0;
    for (const row of order) {
      loss += learn(rows[row]!, LEARNING_RATE * (1 - epoch / EPOCHS));
      await pause();
    }
    work.report({
      done: epoch + 1,
      total: EPOCHS,
      message: 'Learning where values stand',
      details: { epoch: epoch + 1, loss: loss / Math.max(1, rows.length) },
    });
  }
  return {
    emissions: { weights: weights.values, biases: new Float32Array(T), classCount: T },
    transitions,
  };
}

function createParameters(size: number): Parameters {
  return { values: new Float32Array(size), squares: new Float32Array(size) };
}
