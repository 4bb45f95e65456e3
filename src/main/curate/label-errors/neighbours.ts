/** The nearest other rows of each row. Shapes: indices, similarities [N, K]; index -1 where there are fewer. */
export interface Neighbours {
  readonly k: number;
  readonly indices: Int32Array;
  /** Cosines, largest first. */
  readonly similarities: Float32Array;
}

export const NEIGHBOUR_COUNT = 20;
const SHARPNESS = 20;
const SMOOTHING = 0.02;

export function emptyNeighbours(rows: number, k = NEIGHBOUR_COUNT): Neighbours {
  return {
    k,
    indices: new Int32Array(rows * k).fill(-1),
    similarities: new Float32Array(rows * k).fill(-1),
  };
}

/** Puts a candidate into a row's sorted list if it is near enough. */
export function offer(
  { k, indices, similarities }: Neighbours,
  row: number,
  candidate: number,
  similarity: number,
): void {
  const first = row * k;
  let at = first + k - 1;
  if (similarity <= similarities[at]!) return;
  while (at > first && similarities[at - 1]! < similarity) {
    similarities[at] = similarities[at - 1]!;
    indices[at] = indices[at - 1]!;
    at--;
  }
  similarities[at] = similarity;
  indices[at] = candidate;
}

/**
 * Logarithms of the classes' shares among a row's neighbours, each weighing exp(20 (cosine - 1)).
 * Shapes: targets [N], result [N, C].
 */
export function neighbourLogits(
  { k, indices, similarities }: Neighbours,
  targets: Int32Array,
  classCount: number,
): Float32Array {
  const logits = new Float32Array(targets.length * classCount);
  const shares = new Float64Array(classCount);
  for (let row = 0; row < targets.length; row++) {
    shares.fill(0);
    let total = 0;
    for (let j = row * k; j < (row + 1) * k && indices[j]! >= 0; j++) {
      const weight = Math.exp(SHARPNESS * (similarities[j]! - 1));
      shares[targets[indices[j]!]!]! += weight;
      total += weight;
    }
    for (let c = 0; c < classCount; c++) {
      const share = total === 0 ? 1 / classCount : shares[c]! / total;
      logits[row * classCount + c] = Math.log((share + SMOOTHING / classCount) / (1 + SMOOTHING));
    }
  }
  return logits;
}
