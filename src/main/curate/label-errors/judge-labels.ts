import type { Work } from '../../lib/work.ts';
import type { CurateTools } from '../check.ts';
import { leaveOneOutLogits } from './leave-one-out.ts';
import { type Neighbours, neighbourLogits } from './neighbours.ts';
import { poolViews, type Verdicts, type View } from './pool.ts';
import { sentenceNeighbours } from './sentence-neighbours.ts';
import { wordNeighbours } from './word-neighbours.ts';

/** Labelled texts with classes as numbers. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  /** Shapes: [N], in [0, C). */
  readonly targets: Int32Array;
  /** Equal for copies of one text. Shapes: [N]. */
  readonly groups: Int32Array;
  readonly classCount: number;
  /** Rows kept for measuring: their labels are judged and judge no other. Shapes: [N]; none when left out. */
  readonly heldOut?: readonly boolean[];
}

export interface Judgement extends Verdicts {
  readonly neighbours: Neighbours;
}

const FOLDS = 5;
/** Beyond this many rows all-pairs comparisons and sentence vectors cost too much; the student's view stands alone. */
const MAX_COMPARED_ROWS = 50_000;
const LEAST_PROBABILITY = 1e-6;

/**
 * Judges each label by up to three witnesses that saw neither it nor any label that is held out: our own student trained without the row, a ridge
 * classifier on sentence vectors, and the labels of the nearest texts.
 * @see Northcutt, Jiang and Chuang, "Confident learning", 2021
 */
export async function judgeLabels(
  data: LabelledTexts,
  tools: Pick<CurateTools, 'outOfFold' | 'embed'>,
  seed: number,
  work: Work,
): Promise<Judgement> {
  const { texts, targets, groups, classCount, heldOut = [] } = data;
  const rows = texts.map((text, i) => ({
    text,
    target: targets[i]!,
    group: groups[i]!,
    isHeldOut: heldOut[i] ?? false,
  }));
  const folds = Math.min(FOLDS, new Set(groups).size);
  const probabilities = await tools.outOfFold(rows, classCount, {
    folds,
    seed,
    signal: work.signal,
  });
  const views: View[] = [probabilities.map((p) => Math.log(p + LEAST_PROBABILITY))];

  let neighbours: Neighbours = {
    k: 0,
    indices: new Int32Array(0),
    similarities: new Float32Array(0),
  };
  if (texts.length <= MAX_COMPARED_ROWS) {
    if (tools.embed) {
      const vectors = await tools.embed(texts, work);
      const matrix = { rows: texts.length, columns: vectors.length / texts.length, data: vectors };
      views.push(await leaveOneOutLogits(matrix, targets, classCount, heldOut));
      neighbours = await sentenceNeighbours(matrix, groups, work, heldOut);
    } else neighbours = await wordNeighbours(texts, groups, work, heldOut);
    views.push(neighbourLogits(neighbours, targets, classCount));
  }
  return { ...poolViews(views, targets, classCount, heldOut), neighbours };
}
