/** The best temperature is looked for between these. */
const COLDEST = 0.02;
const HOTTEST = 20;
const ITERATIONS = 32;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The temperature T that makes softmax(scores / T) most likely on rows the scores were not trained on. A share of
 * 1 / (N + 2) of each target is spread over all classes, so that a few rows without an error prove no certainty.
 * Shapes: scores [N, C] row by row, classIndices [N].
 * @see Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural networks", 2017, section 4.2; Platt, 1999
 */
export function fitTemperature(
  scores: Float32Array,
  classIndices: readonly number[],
  classCount: number,
): number {
  if (classIndices.length === 0) return 1;
  // The loss has one valley in log T: golden-section search.
  const loss = (logarithm: number) =>
    crossEntropy(scores, classIndices, classCount, Math.exp(logarithm));
  let low = Math.log(COLDEST);
  let high = Math.log(HOTTEST);
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let leftLoss = loss(left);
  let rightLoss = loss(right);
  for (let i = 0; i < ITERATIONS; i++) {
    if (leftLoss <= rightLoss) {
      high = right;
      right = left;
      rightLoss = leftLoss;
      left = high - GOLDEN * (high - low);
      leftLoss = loss(left);
    } else {
      low = left;
      left = right;
      leftLoss = rightLoss;
      right = low + GOLDEN * (high - low);
      rightLoss = loss(right);
    }
  }
  return Math.fround(Math.exp((low + high) / 2));
}

/** Mean of -ln softmax(scores / T)[target], a little of the target spread over all classes. */
export function crossEntropy(
  scores: Float32Array,
  classIndices: readonly number[],
  classCount: number,
  temperature: number,
): number {
  const spread = 1 / (classIndices.length + 2);
  let sum = 0;
  for (let n = 0; n < classIndices.length; n++) {
    const base = n * classCount;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classCount; c++) largest = Math.max(largest, scores[base + c]!);
    let total = 0;
    let mean = 0;
    for (let c = 0; c < classCount; c++) {
      total += Math.exp((scores[base + c]! - largest) / temperature);
      mean += scores[base + c]! / classCount;
    }
    const target = (1 - spread) * scores[base + classIndices[n]!]! + spread * mean;
    sum += Math.log(total) - (target - largest) / temperature;
  }
  return sum / classIndices.length;
}

/** softmax(scores / T), row by row. Shapes: [N, C]. */
export function toProbabilities(
  scores: Float32Array,
  classCount: number,
  temperature: number,
): Float32Array {
  const probabilities = new Float32Array(scores.length);
  for (let base = 0; base < scores.length; base += classCount) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classCount; c++) largest = Math.max(largest, scores[base + c]!);
    let total = 0;
    for (let c = 0; c < classCount; c++)
      total += Math.exp((scores[base + c]! - largest) / temperature);
    for (let c = 0; c < classCount; c++)
      probabilities[base + c] = Math.exp((scores[base + c]! - largest) / temperature) / total;
  }
  return probabilities;
}
