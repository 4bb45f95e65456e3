/** A witness: log probabilities or logits of each row's classes, made without looking at the row's own label. Shapes: [N, C]. */
export type View = Float32Array;

/** What the views together say of each row. Shapes: [N]. */
export interface Verdicts {
  /** ln p(best other class) - ln p(given class): above 0 when another class is likelier. */
  readonly doubt: Float32Array;
  readonly suggested: Int32Array;
  readonly suggestedProbability: Float32Array;
  readonly givenProbability: Float32Array;
  readonly weights: readonly number[];
}

/** Candidate weights of a view in the pool. */
const grid = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25];
const ROUNDS = 3;
/** Share of labels that are taken to be anything at all: bounds what one wrong label can cost. */
const NOISE = 0.1;

/**
 * Pools views log-linearly, p(c) ~ prod_v p_v(c)^w_v, with the weights under which the given labels are likeliest:
 * sum_i ln((1 - e) p(y_i) + e / C). No label is used to judge itself, since each view left it out;
 * what is held out has no say.
 * @see Genest and Zidek, "Combining probability distributions", 1986
 */
export function poolViews(
  views: readonly View[],
  targets: Int32Array,
  classCount: number,
  heldOut: readonly boolean[] = [],
): Verdicts {
  const rows = sampleRows(targets.length, heldOut);
  const weights: number[] = views.map((_, v) => (v === 0 ? 1 : 0));
  for (let round = 0; round < ROUNDS; round++)
    for (let v = 0; v < views.length; v++) {
      let best = Number.NEGATIVE_INFINITY;
      let bestWeight = weights[v]!;
      for (const weight of grid) {
        if (weight === 0 && weights.every((other, u) => u === v || other === 0)) continue;
        weights[v] = weight;
        const value = logLikelihood(views, weights, targets, classCount, rows);
        if (value > best) {
          best = value;
          bestWeight = weight;
        }
      }
      weights[v] = bestWeight;
    }
  return judge(views, weights, targets, classCount);
}

/** Fills `row` with the pooled probabilities of row i. */
function pool(
  views: readonly View[],
  weights: readonly number[],
  i: number,
  row: Float64Array,
): void {
  const classCount = row.length;
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classCount; c++) {
    let logit = 0;
    for (let v = 0; v < views.length; v++)
      if (weights[v] !== 0) logit += weights[v]! * views[v]![i * classCount + c]!;
    row[c] = logit;
    if (logit > largest) largest = logit;
  }
  let total = 0;
  for (let c = 0; c < classCount; c++) {
    row[c] = Math.exp(row[c]! - largest);
    total += row[c]!;
  }
  for (let c = 0; c < classCount; c++) row[c]! /= total;
}

/** Enough rows to choose a few weights by. */
const SAMPLE_ROWS = 4_000;

function sampleRows(count: number, heldOut: readonly boolean[]): number[] {
  const rows = Array.from({ length: count }, (_, i) => i).filter((i) => !heldOut[i]);
  const step = Math.max(1, Math.floor(rows.length / SAMPLE_ROWS));
  return rows.filter((_, place) => place % step === 0);
}

function logLikelihood(
  views: readonly View[],
  weights: readonly number[],
  targets: Int32Array,
  classCount: number,
  rows: readonly number[],
): number {
  const row = new Float64Array(classCount);
  let sum = 0;
  for (const i of rows) {
    pool(views, weights, i, row);
    sum += Math.log((1 - NOISE) * row[targets[i]!]! + NOISE / classCount);
  }
  return sum;
}

const LEAST = 1e-6;

function judge(
  views: readonly View[],
  weights: readonly number[],
  targets: Int32Array,
  classCount: number,
): Verdicts {
  const n = targets.length;
  const doubt = new Float32Array(n);
  const suggested = new Int32Array(n);
  const suggestedProbability = new Float32Array(n);
  const givenProbability = new Float32Array(n);
  const row = new Float64Array(classCount);
  for (let i = 0; i < n; i++) {
    pool(views, weights, i, row);
    const given = targets[i]!;
    let other = given === 0 ? 1 : 0;
    for (let c = 0; c < classCount; c++) if (c !== given && row[c]! > row[other]!) other = c;
    suggested[i] = other;
    suggestedProbability[i] = row[other]!;
    givenProbability[i] = row[given]!;
    doubt[i] = Math.log(row[other]! + LEAST * LEAST) - Math.log(row[given]! + LEAST * LEAST);
  }
  return { doubt, suggested, suggestedProbability, givenProbability, weights };
}
