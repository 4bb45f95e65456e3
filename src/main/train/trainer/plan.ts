import type { Provider } from '../../../shared/domain/provider.ts';
import type { EarlyEnd } from '../../lib/work.ts';
import type { KeptValue } from '../../onnx/graph/split-graph.ts';
import type { ParameterSpec, TableSpec } from '../../onnx/optimisers/parameter-memory.ts';
import type { ScheduleOptions } from '../../onnx/optimisers/schedule.ts';
import type { Tensor } from '../../onnx/tensor.ts';
import type { Examples } from './example-lists.ts';
import type { ObjectiveSpec } from './objectives.ts';

/**
 * The graphs for rows of up to `length` tokens; one whose rows have none has length 0.
 *
 * `training` is fed the parameters by name, `targets` [B, C] and `rowWeights` [B] (0 for padding), and whichever of
 * these it declares: `rows` [B, L, E] with `mask` [B, L], `pooling` [B, L, L] (line w averages the pieces of word w),
 * `sums` [B, H], `kept` [B, K] (0 where dropped, 1 / (1 - p) elsewhere). It gives `loss`, and `d NAME` for each
 * parameter, `d rows`, `d sums`. Of a plan that continues texts it is fed `places`, `next` and `tokenWeights` [T]
 * instead of targets and weights, and the frozen arrays by name. `scoring` is fed the same without targets, weights and `kept`, and gives `scores` [B, C].
 *
 * Where no scores are wanted, `scoring` gives `loss`, a mean, and the `mass` that it is of.
 *
 * Of a plan with an objective, `training` is the first half of a split graph and gives the scores that the objective
 * reads; `backward`, the second, is fed `d SCORE` for each of them. `scoring` gives the same scores.
 */
export interface Bucket {
  readonly length: number;
  readonly training: Uint8Array;
  readonly scoring: Uint8Array;
  readonly backward?: { readonly model: Uint8Array; readonly kept: readonly KeptValue[] };
  /** T, the most tokens that a batch says, of a plan that continues texts. */
  readonly saidSlots?: number;
  /** What the values of one run take if all are kept at once. */
  readonly activationBytes: number;
}

/** Everything that a training needs, as plain data that can be sent to a thread. */
export interface TrainingPlan {
  /** Shortest first; a row goes to the first that it fits. */
  readonly buckets: readonly Bucket[];
  /** B */
  readonly batchSize: number;
  readonly classCount: number;
  readonly parameters: readonly ParameterSpec[];
  /** Embeddings of tokens, gathered into `rows`. */
  readonly tokenTable?: Omit<TableSpec, 'batchRows'>;
  /** A first layer whose inputs are n-grams, summed up into `sums`. */
  readonly ngramTable?: Omit<TableSpec, 'batchRows'>;
  /** Arrays that graphs read by these names and that stay as they are: a model that only its adapters change. */
  readonly frozen?: Readonly<Record<string, Tensor<'float32'>>>;
  /** Embeddings of tokens that stay as they are, gathered into `rows`. Shapes: [V, E]. */
  readonly frozenTable?: Tensor<'float32'>;
  readonly dropout?: { readonly width: number; readonly ratio: number };
  /** This share of a row's n-grams is left out, others each time. */
  readonly ngramDropout?: number;
  /** This share of a row's words reads as zeros, others each time. */
  readonly wordDropout?: number;
  /** The loss, where no graph can express it. */
  readonly objective?: ObjectiveSpec;
  readonly examples: Examples;
  /** Rows of groups that are not in `examples`: training stops when they no longer get better. */
  readonly validation?: { readonly examples: Examples; readonly patienceEpochs: number };
  /** How often all rows are seen; 3.5 is three times all of them and once the first half of their batches. */
  readonly epochs: number;
  readonly schedule: Pick<ScheduleOptions, 'peak' | 'shape'> & { readonly warmUpShare: number };
  readonly weightDecay: number;
  readonly clipNorm: number;
  readonly seed: number;
  readonly threads: number;
  /** What computes the graphs; the processor, where not given. */
  readonly provider?: Provider | undefined;
}

/** One point of the loss curve. */
export interface LossPoint {
  readonly epoch: number;
  /** Mean loss of the epoch's batches. */
  readonly loss: number;
  /** Mean cross-entropy on the validation rows, where there are any. */
  readonly validationLoss?: number;
}

export interface TrainingResult {
  /** Of the epoch that was best on the validation rows, or else of the last that was finished. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
  readonly curve: readonly LossPoint[];
  /** Of a training that was asked to end early. */
  readonly endedEarly?: EarlyEnd;
}

/** Names of the two tables among the arrays. */
export const TOKEN_TABLE = 'tokens';
export const NGRAM_TABLE = 'ngrams';
