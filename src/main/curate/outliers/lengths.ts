import { type Oddity, scoreBeyond } from './oddity.ts';

/** The middle of a normal distribution's absolute deviations is 0.6745 of its standard deviation. */
const MAD_TO_SIGMA = 1.4826;
/** With fewer rows a class's own lengths say little, and those of all rows stand in. */
const MIN_CLASS_ROWS = 10;
/** Lengths that hardly vary are not taken at their word: in logarithms, a third longer or shorter is nothing. */
const MIN_SIGMA = 0.3;
const MAX_Z = 5;
/** Nearer to the middle there is nothing to tell. */
const MIN_TOLD_Z = 3;

interface Spread {
  readonly median: number;
  readonly sigma: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Judges lengths by robust z-scores of their logarithms within each class: z = (ln n - median) / (1.4826 MAD).
 * Units: UTF-16 units. Shapes: `lengths` and `classes` [N].
 * @see Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers
 */
export function createLengthJudge(
  lengths: Int32Array,
  classes: readonly string[],
): (row: number) => Oddity | undefined {
  const all = spreadOf(lengths, 0);
  const rowsOf = new Map<string, number[]>();
  classes.forEach((name, row) => {
    const rows = rowsOf.get(name);
    if (rows) rows.push(row);
    else rowsOf.set(name, [row]);
  });
  const spreads = new Map(
    [...rowsOf].map(([name, rows]) => [
      name,
      rows.length < MIN_CLASS_ROWS
        ? all
        : spreadOf(
            Int32Array.from(rows, (row) => lengths[row]!),
            all.sigma / 2,
          ),
    ]),
  );
  return (row) => {
    const spread = spreads.get(classes[row]!)!;
    const z = (Math.log(lengths[row]! + 1) - spread.median) / spread.sigma;
    if (Math.abs(z) < MIN_TOLD_Z) return undefined;
    const whose =
      classes[row] === '' || spread === all
        ? 'of the records'
        : `of those labelled “${classes[row]}”`;
    return {
      kind: 'length',
      score: scoreBeyond(Math.abs(z), MAX_Z),
      reason: `${lengths[row]} characters long; half ${whose} have ${spread.low} to ${spread.high}.`,
    };
  };
}

function spreadOf(lengths: Int32Array, minSigma: number): Spread {
  const logs = Float64Array.from(lengths, (length) => Math.log(length + 1)).sort();
  const median = quantile(logs, 0.5);
  const deviations = logs.map((log) => Math.abs(log - median)).sort();
  const toLength = (share: number) => Math.round(Math.exp(quantile(logs, share)) - 1);
  return {
    median,
    sigma: Math.max(MAD_TO_SIGMA * quantile(deviations, 0.5), minSigma, MIN_SIGMA),
    low: toLength(0.25),
    high: toLength(0.75),
  };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
