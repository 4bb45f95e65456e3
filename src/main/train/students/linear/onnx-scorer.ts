import type { Input } from '../../../../shared/domain/prediction.ts';
import { AppError } from '../../../../shared/errors.ts';
import { scanModel } from '../../../onnx/scan.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import { padTexts } from '../../backbones/token-batch.ts';
import { enlarge, type SparseRow } from '../../features/featuriser.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { LoadedStudent } from '../student.ts';

/** Small enough for the gathered rows of a batch to stay in the processor's cache. */
const BATCH_SIZE = 32;
/** Inputs sorted by length together, so that a batch holds little padding. */
const SORTED_SIZE = 1024;
const noTokens = new Int32Array(0);
const noFeatures: SparseRow = {
  indices: noTokens,
  values: new Float32Array(0),
  count: 0,
  unseenShare: 0,
};

interface OnnxScorerOptions {
  readonly threads: number;
  readonly classCount: number;
  /** 0 for a model that reads no n-grams. */
  readonly featureCount: number;
  /** For a model that reads tokens, too: `input_ids` and `attention_mask` [B, L]. */
  readonly tokenise?: (input: Input) => Int32Array;
}

/** Scores by the ONNX model, which anyone may have made. @throws AppError `onnx.malformed`, `onnx.unsafe` */
export async function createOnnxScorer(
  model: Uint8Array,
  featurise: ((input: Input) => SparseRow) | undefined,
  { threads, classCount, featureCount, tokenise }: OnnxScorerOptions,
): Promise<LoadedStudent> {
  scanModel(model);
  const session = await createSession(model, { threads });

  /** An input whose n-grams are entries `start` up to `start + count` of the lists below. */
  interface Row {
    readonly position: number;
    readonly start: number;
    readonly count: number;
    readonly tokens: Int32Array;
  }
  let allIndices = new Int32Array(SORTED_SIZE * 256);
  let allValues = new Float32Array(SORTED_SIZE * 256);

  /** Keeps the n-grams of an input; gives the end of the list. */
  function keep({ indices, values, count }: SparseRow, start: number): number {
    if (start + count > allIndices.length) {
      const capacity = 2 * (start + count);
      allIndices = enlarge(allIndices, new Int32Array(capacity));
      allValues = enlarge(allValues, new Float32Array(capacity));
    }
    for (let k = 0; k < count; k++) {
      allIndices[start + k] = indices[k]!;
      allValues[start + k] = values[k]!;
    }
    return start + count;
  }

  function feedNgrams(rows: readonly Row[]): Record<string, Tensor> {
    if (!featurise) return {};
    const width = rows.reduce((most, { count }) => Math.max(most, count), 1);
    const indices = new BigInt64Array(rows.length * width);
    // Little-endian: the low half of each 64-bit index; the high half stays 0.
    const lowHalves = new Int32Array(indices.buffer);
    const values = new Float32Array(rows.length * width);
    rows.forEach(({ start, count }, b) => {
      const base = b * width;
      for (let k = 0; k < count; k++) {
        lowHalves[2 * (base + k)] = allIndices[start + k]!;
        values[base + k] = allValues[start + k]!;
      }
    });
    const dims = [rows.length, width];
    return {
      indices: createTensor('int64', dims, indices),
      values: createTensor('float32', dims, values),
    };
  }

  async function runBatch(rows: readonly Row[], scores: Float32Array): Promise<void> {
    const result = await session.run({
      ...feedNgrams(rows),
      ...feedTokens(rows.map((row) => row.tokens)),
    });
    const batch = result.scores!.data as Float32Array; // the graph's output is float32
    rows.forEach((row, b) => {
      scores.set(batch.subarray(b * classCount, (b + 1) * classCount), row.position * classCount);
    });
  }

  function feedTokens(texts: readonly Int32Array[]): Record<string, Tensor> {
    if (!tokenise) return {};
    const length = texts.reduce((longest, text) => Math.max(longest, text.length), 1);
    const { ids, mask } = padTexts(texts, length);
    const dims = [texts.length, length];
    return {
      input_ids: createTensor('int64', dims, BigInt64Array.from(ids, BigInt)),
      attention_mask: createTensor('int64', dims, BigInt64Array.from(mask, BigInt)),
    };
  }

  /** The last row of the table must be there, and no more; and there must be a score for each class. */
  async function assertFits(): Promise<void> {
    const ask = async (index: number) => {
      const feeds = {
        ...(featurise
          ? {
              indices: createTensor('int64', [1, 1], BigInt64Array.of(BigInt(index))),
              values: createTensor('float32', [1, 1], Float32Array.of(1)),
            }
          : {}),
        ...feedTokens([noTokens]),
      };
      return (await session.run(feeds)).scores?.dims;
    };
    const dims = await ask(Math.max(0, featureCount - 1)).catch(() => undefined);
    const beyond = featurise && (await ask(Math.max(1, featureCount)).catch(() => undefined));
    if (dims?.[1] === classCount && beyond === undefined) return;
    await session.close();
    throw new AppError(
      'student.malformed',
      `The model and the lists of the student do not belong together (${featureCount} n-grams, ${classCount} labels). Copy the folder again or train anew.`,
    );
  }

  await assertFits();
  return {
    async score(inputs, work) {
      const scores = new Float32Array(inputs.length * classCount);
      const unseenShares = new Float32Array(inputs.length);
      const pause = pauseWhenDue(work.signal);
      for (let from = 0; from < inputs.length; from += SORTED_SIZE) {
        let filled = 0;
        const rows = inputs.slice(from, from + SORTED_SIZE).map((input, i): Row => {
          const features = featurise?.(input) ?? noFeatures;
          const start = filled;
          filled = keep(features, start);
          unseenShares[from + i] = features.unseenShare;
          const tokens = tokenise?.(input) ?? noTokens;
          return { position: from + i, start, count: features.count, tokens };
        });
        rows.sort((a, b) => a.tokens.length - b.tokens.length || a.count - b.count);
        for (let b = 0; b < rows.length; b += BATCH_SIZE) {
          await runBatch(rows.slice(b, b + BATCH_SIZE), scores);
          await pause();
        }
      }
      return { scores, unseenShares };
    },
    close: () => session.close(),
  };
}
