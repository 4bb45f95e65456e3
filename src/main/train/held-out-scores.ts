import { isFinishing, type Work } from '../lib/work.ts';
import type { TrainingRow } from './dataset.ts';
import { dealFolds } from './folds.ts';
import { type ExtendedSet, pseudoLabel } from './self-training.ts';
import type {
  Scores,
  Student,
  TrainedStudent,
  TrainingSet,
  TrainOptions,
} from './students/student.ts';

/** Scores of rows by students that trained neither on them nor on their groups. Shapes: scores [M, C]. */
export interface HeldOut extends Scores {
  /** Which rows: one sixth of many, all of few. Shapes: [M]. */
  readonly rows: readonly number[];
  readonly parts: readonly HeldOutPart[];
}

/** A student that was trained without some rows, and those rows. */
export interface HeldOutPart {
  readonly student: TrainedStudent;
  readonly rows: readonly number[];
  /** How many rows without a label it learned from. */
  readonly selfTrained: number;
}

export interface HeldOutOptions extends Omit<TrainOptions, 'checkpoint'> {
  readonly selfTraining?: {
    readonly unlabelled: readonly TrainingRow[];
    /** Of the rows with a label, as the set has them. Shapes: [N]. */
    readonly groups: readonly string[];
    readonly temperature: number;
    /** The same parts without them. */
    readonly base: HeldOut;
  };
}

/** From this many rows on one part measures well enough; below, each part is held out in turn. */
const ROWS_FOR_ONE_PART = 2_000;
const PARTS = 6;

/** Which rows are held out together. Empty when all rows are of one group. Shapes: classIndices, groups [N]. */
export function planParts(
  classIndices: readonly number[],
  groups: readonly string[],
  seed: number,
): number[][] {
  const count = classIndices.length;
  const foldOf = dealFolds(classIndices, groups, PARTS, seed);
  const parts = Array.from({ length: PARTS }, (_, part) =>
    Array.from(classIndices.keys()).filter((index) => foldOf[index] === part),
  ).filter((part) => part.length > 0 && part.length < count);
  return count >= ROWS_FOR_ONE_PART ? parts.slice(0, 1) : parts;
}

/**
 * Trains on what each part leaves, with pseudo-labelled rows if asked, and scores the part. Asked to finish, it goes by
 * the parts that it has.
 */
export async function scoreHeldOut(
  kind: Student,
  set: TrainingSet,
  plan: readonly (readonly number[])[],
  options: HeldOutOptions,
  work: Work,
): Promise<HeldOut> {
  const classCount = set.classes.length;
  const planned = plan.flat().length;
  const scores = new Float32Array(planned * classCount);
  const unseenShares = new Float32Array(planned);
  const parts: HeldOutPart[] = [];
  let filled = 0;
  for (const [index, part] of plan.entries()) {
    if (index > 0 && isFinishing(work)) break;
    const outside = new Set(part);
    let inside: ExtendedSet = {
      set: takeRows(
        set,
        Array.from(set.inputs.keys()).filter((row) => !outside.has(row)),
      ),
      added: 0,
    };
    if (options.selfTraining) {
      const { unlabelled, groups, temperature, base } = options.selfTraining;
      const teacher = base.parts[index]!.student;
      const apart = outsideOf(unlabelled, part, groups);
      inside = await pseudoLabel(teacher, inside.set, apart, temperature, work);
    }
    const student = await kind.train(inside.set, options, work);
    const inputs = part.map((row) => set.inputs[row]!);
    const result = await student.score(inputs, work);
    scores.set(result.scores, filled * classCount);
    unseenShares.set(result.unseenShares, filled);
    filled += part.length;
    parts.push({ student, rows: part, selfTrained: inside.added });
  }
  return {
    rows: parts.flatMap(({ rows }) => rows),
    scores: scores.subarray(0, filled * classCount),
    unseenShares: unseenShares.subarray(0, filled),
    parts,
  };
}

/** Rows that are of no group with one that is held out: copies of those must not be learnt from. */
export function outsideOf<Row extends { readonly group: string }>(
  rows: readonly Row[],
  heldOut: readonly number[],
  groups: readonly string[],
): Row[] {
  const outside = new Set(heldOut.map((row) => groups[row]!));
  return rows.filter(({ group }) => !outside.has(group));
}

/** How often the highest score is the right one. */
export function countRight(
  scores: Float32Array,
  gold: readonly number[],
  classCount: number,
): number {
  return gold.filter((classIndex, row) => {
    const own = scores.subarray(row * classCount, (row + 1) * classCount);
    return own.indexOf(Math.max(...own)) === classIndex;
  }).length;
}

function takeRows(set: TrainingSet, rows: readonly number[]): TrainingSet {
  return {
    classes: set.classes,
    inputs: rows.map((row) => set.inputs[row]!),
    targets: rows.map((row) => set.targets[row]!),
    weights: rows.map((row) => set.weights[row]!),
  };
}
