import { createRng } from '../../../lib/rng.ts';
import type { Work } from '../../../lib/work.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { toExamples } from '../../trainer/examples.ts';
import { NGRAM_TABLE, type TrainingPlan } from '../../trainer/plan.ts';
import { trainInWorker } from '../../trainer/train-in-worker.ts';
import type { TrainingSet, TrainOptions } from '../student.ts';
import { createMlpBucket, shapesOf } from './graphs.ts';

/** All chosen on validation rows of Banking77's training rows. */
const HIDDEN_WIDTH = 128;
const EPOCHS = 15;
const BATCH_SIZE = 32;
/** Few rows are seen more often, up to a limit. */
const FEWEST_STEPS = 1_000;
const MOST_EPOCHS = 40;
const LEARNING_RATE = 2e-3;
const DROPOUT = 0.3;
const NGRAM_DROPOUT = 0.3;
const LABEL_SMOOTHING = 0.1;
/** Standard deviation of the first layer's weights. */
const INITIAL = 0.03;

/** The weights of a finished network. Shapes: table [F, H], hiddenBias [H], outWeight [H, C], outBias [C]. */
export interface MlpModel {
  readonly table: Tensor<'float32'>;
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
}

interface FitMlpOptions extends TrainOptions {
  readonly message: string;
  readonly epochs?: number;
}

/** Trains n-grams -> hidden -> classes. */
export async function fitMlp(
  set: TrainingSet,
  matrix: SparseMatrix,
  options: FitMlpOptions,
  work: Work,
): Promise<MlpModel> {
  const classCount = set.classes.length;
  const rng = createRng(options.seed);
  const normal = (dims: readonly number[], deviation: number) => {
    const data = new Float32Array(dims.reduce((size, dim) => size * dim, 1));
    for (let i = 0; i < data.length; i++) data[i] = deviation * rng.normal();
    return createTensor('float32', dims, data);
  };
  const tableDims = [Math.max(1, matrix.columns), HIDDEN_WIDTH];
  const shapes = shapesOf(HIDDEN_WIDTH, classCount);
  const deviations = { hiddenBias: 0, outWeight: Math.sqrt(2 / HIDDEN_WIDTH), outBias: 0 };
  const plan: TrainingPlan = {
    buckets: [
      createMlpBucket({
        batchSize: BATCH_SIZE,
        hiddenWidth: HIDDEN_WIDTH,
        classCount,
        labelSmoothing: LABEL_SMOOTHING,
      }),
    ],
    batchSize: BATCH_SIZE,
    classCount,
    ngramTable: { name: NGRAM_TABLE, initial: normal(tableDims, INITIAL), isDecayed: false },
    parameters: Object.entries(deviations).map(([name, deviation]) => ({
      name,
      initial: normal(shapes[name as keyof typeof shapes], deviation),
      isDecayed: deviation > 0,
    })),
    dropout: { width: HIDDEN_WIDTH, ratio: DROPOUT },
    ngramDropout: NGRAM_DROPOUT,
    examples: toExamples(set, { ngrams: matrix }),
    epochs: epochsFor(set.inputs.length, options.epochs ?? EPOCHS),
    schedule: { peak: LEARNING_RATE, shape: 'linear', warmUpShare: 0.02 },
    weightDecay: 0.01,
    clipNorm: 5,
    seed: options.seed,
    threads: 1,
  };
  const { arrays } = await trainInWorker(plan, options, work);
  return {
    table: createTensor('float32', tableDims, arrays[NGRAM_TABLE]!),
    parameters: new Map(
      Object.entries(shapes).map(([name, dims]) => [
        name,
        createTensor('float32', dims, arrays[name]!),
      ]),
    ),
  };
}

function epochsFor(rows: number, usual: number): number {
  const needed = Math.ceil((FEWEST_STEPS * BATCH_SIZE) / Math.max(1, rows));
  return Math.max(usual, Math.min(MOST_EPOCHS, needed));
}
