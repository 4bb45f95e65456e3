import type { Input } from '../../../../shared/domain/prediction.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor } from '../../../onnx/tensor.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { fitMlp, type MlpModel } from '../mlp/fit-mlp.ts';
import { scoreMlp } from '../mlp/score-mlp.ts';
import { NEURAL_SCALE } from '../neural-scale.ts';
import type { TrainingSet, TrainOptions } from '../student.ts';
import { type Discriminant, fitDiscriminant } from './discriminant.ts';
import { embedOnce } from './embed-once.ts';
import type { WideDeepModel } from './model.ts';

/** How long the sentence vector is beside the n-grams, whose length is 1; chosen on validation rows of Banking77. */
const VECTOR_LENGTH = 2;
const EPOCHS = 10;
/** What the discriminant counts where a class has at most this many rows; less where it has more. Chosen there, too. */
const DISCRIMINANT_SHARE = 0.7;
const ROWS_FOR_WHOLE_SHARE = 10;
const MOST_ROWS_FOR_SIZE = 500;

/**
 * Leaves the encoder as it is: a network on n-grams and sentence vector side by side, and a linear discriminant of
 * the vectors added to its scores, which has less to learn from few rows.
 */
export async function fitFrozen(
  backbone: Backbone,
  set: TrainingSet,
  matrix: SparseMatrix,
  toText: (input: Input) => string,
  options: TrainOptions,
  work: Work,
): Promise<WideDeepModel> {
  const vectors = await embedOnce(backbone, set.inputs, toText, options.threads, work);
  const width = backbone.sentenceWidth;
  const classCount = set.classes.length;
  const all = appendVectors(matrix, vectors, width);
  const network = await fitMlp(
    set,
    all,
    { ...options, epochs: EPOCHS, message: 'Training the network' },
    work,
  );
  const discriminant = await fitDiscriminant(vectors, width, set, work);

  // Both scaled to one size, as measured on some of the rows.
  const rows = Math.min(MOST_ROWS_FOR_SIZE, matrix.rows);
  const ratio =
    sizeOf(scoreMlp(network, all, rows), classCount) /
    sizeOf(scoreVectors(discriminant, vectors, rows), classCount);
  const rowsPerClass = set.inputs.length / classCount;
  const share = DISCRIMINANT_SHARE * Math.min(1, ROWS_FOR_WHOLE_SHARE / rowsPerClass);
  const factor = Number.isFinite(ratio) ? share * ratio : 0;
  // The head multiplies √S s.
  const headWeight = Float32Array.from(
    discriminant.weights,
    (weight) => (factor * weight) / Math.sqrt(width),
  );
  const headBias = Float32Array.from(discriminant.biases, (bias) => factor * bias);
  const { wide, sentenceWeight } = splitTable(network, matrix.columns, width);
  return {
    wide,
    deep: {
      embeddings: backbone.embeddings,
      parameters: new Map([
        ...backbone.parameters,
        ['sentenceWeight', sentenceWeight],
        ['headWeight', createTensor('float32', [width, classCount], headWeight)],
        ['headBias', createTensor('float32', [classCount], headBias)],
      ]),
    },
    scale: NEURAL_SCALE,
  };
}

/** Each row with its vector behind it, as columns of their own. Shapes: [N, F] and [N, S] -> [N, F + S] */
function appendVectors(matrix: SparseMatrix, vectors: Float32Array, width: number): SparseMatrix {
  const { rows, columns } = matrix;
  const starts = matrix.starts.map((start, row) => start + row * width);
  const indices = new Int32Array(matrix.indices.length + rows * width);
  const values = new Float32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    const [from, to] = [matrix.starts[row]!, matrix.starts[row + 1]!];
    indices.set(matrix.indices.subarray(from, to), starts[row]!);
    values.set(matrix.values.subarray(from, to), starts[row]!);
    const vectorAt = starts[row]! + to - from;
    for (let s = 0; s < width; s++) {
      indices[vectorAt + s] = columns + s;
      values[vectorAt + s] = VECTOR_LENGTH * vectors[row * width + s]!;
    }
  }
  return { ...matrix, columns: columns + width, starts, indices, values };
}

/** The rows of the first layer that n-grams read, and those that multiply the vector. Shapes: [F + S, H] -> [F, H], [S, H] */
function splitTable({ table, parameters }: MlpModel, columns: number, width: number) {
  const hidden = table.dims[1]!; // a table has two axes
  // Padding points at a row, even when no n-gram is known.
  const ngrams = columns === 0 ? new Float32Array(hidden) : table.data.slice(0, columns * hidden);
  const sentence = table.data.subarray(columns * hidden);
  return {
    wide: {
      table: createTensor('float32', [Math.max(1, columns), hidden], ngrams),
      parameters,
    },
    sentenceWeight: createTensor(
      'float32',
      [width, hidden],
      sentence.map((weight) => VECTOR_LENGTH * weight),
    ),
  };
}

/** x W + b. Shapes: vectors [N, S] -> [rows, C] */
function scoreVectors(
  { weights, biases }: Discriminant,
  vectors: Float32Array,
  rows: number,
): Float32Array {
  const C = biases.length;
  const S = weights.length / C;
  const scores = new Float32Array(rows * C);
  for (let row = 0; row < rows; row++) {
    const own = scores.subarray(row * C, (row + 1) * C);
    own.set(biases);
    for (let s = 0; s < S; s++) {
      const x = vectors[row * S + s]!;
      for (let c = 0; c < C; c++) own[c]! += x * weights[s * C + c]!;
    }
  }
  return scores;
}

/** Root mean square of the scores' distances from the mean of their row. Shapes: [N, C] */
function sizeOf(scores: Float32Array, classCount: number): number {
  let squares = 0;
  for (let start = 0; start < scores.length; start += classCount) {
    const own = scores.subarray(start, start + classCount);
    const mean = own.reduce((sum, score) => sum + score, 0) / classCount;
    for (const score of own) squares += (score - mean) ** 2;
  }
  return Math.sqrt(squares / scores.length);
}
