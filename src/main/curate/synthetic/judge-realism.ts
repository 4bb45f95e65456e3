import { isHeldOut } from '../../../shared/domain/example.ts';
import { createRng, type Rng } from '../../lib/rng.ts';
import type { Work } from '../../lib/work.ts';
import type { Example } from '../../store/examples.ts';
import { type CheckContext, inputOf } from '../check.ts';
import { createOriginFinder } from '../lineage.ts';

/** With fewer on either side a classifier learns nothing of the difference. */
const MIN_ROWS = 20;
/** More rows are drawn from, so that it takes no longer. */
const MAX_ROWS = 10_000;
/** Real rows of a class that are compared with, where it has them, also for very few synthetic ones. */
const MIN_REAL_OF_CLASS = 10;
const FOLDS = 5;

/** How plainly a synthetic row is none of the real ones. */
export interface Realism {
  readonly example: Example;
  /** Probability that it is synthetic were it as likely as not, in [0, 1]. */
  readonly probability: number;
  /** Share of the real rows of its class that look less synthetic; their mean is the AUROC. In [0, 1]. */
  readonly rank: number;
}

/**
 * Lets a linear classifier tell synthetic rows from real ones of the same class, each row by one that was trained
 * without it and without what it was made from or into. What is held out is not read.
 */
export async function judgeRealism(
  { examples, seed, tools }: CheckContext,
  synthetic: readonly Example[],
  classOf: (example: Example) => string,
  work: Work,
): Promise<Realism[]> {
  const rng = createRng(seed);
  const made = draw(synthetic, MAX_ROWS, rng);
  const real = drawAlike(
    examples.filter((one) => one.origin === 'real' && one.status !== 'rejected' && !isHeldOut(one)),
    made,
    classOf,
    rng,
  );
  if (made.length < MIN_ROWS || real.length < MIN_ROWS) return [];
  const rows = [...real, ...made];
  const originOf = createOriginFinder(examples);
  work.report({ done: 0, total: rows.length, message: 'Telling synthetic records from real ones' });
  const probabilities = await tools.outOfFold(
    rows.map((example, i) => ({
      text: inputOf(example),
      target: i < real.length ? 0 : 1,
      group: originOf(example).id,
    })),
    2,
    { folds: FOLDS, seed, signal: work.signal },
  );
  const realOf = Map.groupBy(real.keys(), (row) => classOf(real[row]!));
  const madeOf = Map.groupBy(made, classOf);
  // A class of mostly synthetic rows makes all of them likelier: p / (1 - p) * n(real) / n(synthetic).
  const toBalanced = (row: number, name: string) => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, probabilities[2 * row + 1]!));
    const prior = (realOf.get(name)?.length ?? 1) / (madeOf.get(name)?.length ?? 1);
    const odds = (p / (1 - p)) * prior;
    return odds / (1 + odds);
  };
  const realScores = real.map((example, row) => toBalanced(row, classOf(example)));
  const everyReal = [...realScores.keys()];
  return made.map((example, i) => {
    const name = classOf(example);
    const own = realOf.get(name);
    const peers = own && own.length >= MIN_REAL_OF_CLASS ? own : everyReal;
    const probability = toBalanced(real.length + i, name);
    const rank =
      peers.reduce((sum, row) => {
        const other = realScores[row]!;
        return sum + (other < probability ? 1 : other === probability ? 0.5 : 0);
      }, 0) / peers.length;
    return { example, probability, rank };
  });
}

/** As many real rows of each class as it has synthetic ones. */
function drawAlike(
  real: readonly Example[],
  made: readonly Example[],
  classOf: (example: Example) => string,
  rng: Rng,
): readonly Example[] {
  const wanted = Map.groupBy(made, classOf);
  const offered = Map.groupBy(real, classOf);
  const drawn = [...wanted].flatMap(([name, rows]) =>
    draw(offered.get(name) ?? [], Math.max(MIN_REAL_OF_CLASS, rows.length), rng),
  );
  // Classes without any real row are compared with the others.
  return drawn.length >= MIN_ROWS ? drawn : draw(real, made.length, rng);
}

function draw(rows: readonly Example[], count: number, rng: Rng): readonly Example[] {
  return rows.length <= count ? rows : rng.shuffle([...rows]).slice(0, count);
}
