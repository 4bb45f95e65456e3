import type { Input } from '../../../../shared/domain/prediction.ts';
import { AppError } from '../../../../shared/errors.ts';
import { scanModel } from '../../../onnx/scan.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import type { SparseMatrix } from '../../features/featuriser.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { LoadedParser, Parse } from '../structured-student.ts';
import type { Words } from '../words/words.ts';
import type { Decoder } from './decoder.ts';
import { countColumns } from './heads/heads.ts';
import type { ModelScores } from './parse.ts';
import type { FeatureLists, ReadText } from './text-reader.ts';

/** Texts together, up to so many words and so many texts. */
const BATCH_WORDS = 256;
const BATCH_TEXTS = 32;

interface OnnxParserOptions<T extends ReadText> {
  readonly threads: number;
  readonly tagCount: number;
  readonly columns: number;
  readonly wordFeatureCount: number;
  readonly textFeatureCount: number;
  readonly read: (input: Input) => T;
  /** What the model is fed besides; of no text, padding of the least size. */
  readonly feedMore?: (texts: readonly T[]) => Record<string, Tensor>;
  readonly toParse: (words: Words, scores: ModelScores) => Parse;
}

/** Parses by the ONNX model, which anyone may have made. @throws AppError `onnx.malformed`, `onnx.unsafe` */
export async function createOnnxParser<T extends ReadText>(
  model: Uint8Array,
  options: OnnxParserOptions<T>,
): Promise<LoadedParser> {
  const { tagCount, columns, read, toParse, feedMore } = options;
  scanModel(model);
  const session = await createSession(model, { threads: options.threads });

  async function runBatch(texts: readonly T[]): Promise<Parse[]> {
    const result = await session.run({
      ...toFeeds(
        'word_',
        texts.map(({ wordMatrix }) => wordMatrix),
      ),
      ...toFeeds(
        '',
        texts.map(({ textMatrix }) => textMatrix),
      ),
      ...feedMore?.(texts),
    });
    // The graph's outputs are float32.
    const emissions = result.emissions!.data as Float32Array;
    const scores = result.scores!.data as Float32Array;
    const deepScores = result.deep_scores?.data as Float32Array | undefined;
    let word = 0;
    return texts.map(({ words, textMatrix }, b) => {
      const from = word * tagCount;
      word += words.starts.length;
      const own = emissions.subarray(from, word * tagCount);
      return toParse(words, {
        emit: () => own,
        scores: scores.subarray(b * columns, (b + 1) * columns),
        deepScores: deepScores?.subarray(b * columns, (b + 1) * columns),
        unseenShare: textMatrix.unseenShares[0]!,
      });
    });
  }

  /** The last row of each table must be there, and no more; and there must be as many scores as expected. */
  async function assertFits(): Promise<void> {
    const ask = async (wordFeature: number, textFeature: number) => {
      const result = await session.run({
        ...toTensors('word_', [1, 1], Int32Array.of(wordFeature), Float32Array.of(1)),
        ...toTensors('', [1, 1], Int32Array.of(textFeature), Float32Array.of(1)),
        ...feedMore?.([]),
      });
      return [result.emissions?.dims[1], result.scores?.dims[1]];
    };
    const lastWord = Math.max(0, options.wordFeatureCount - 1);
    const lastText = Math.max(0, options.textFeatureCount - 1);
    const found = await ask(lastWord, lastText).catch(() => []);
    const beyondWord = await ask(lastWord + 1, lastText).catch(() => undefined);
    const beyondText = await ask(lastWord, lastText + 1).catch(() => undefined);
    if (found[0] === tagCount && found[1] === columns && !beyondWord && !beyondText) return;
    await session.close();
    throw new AppError(
      'student.malformed',
      'The model and the lists of the student do not belong together. Copy the folder again or train anew.',
    );
  }

  await assertFits();
  return {
    async parse(inputs, work) {
      const parses: Parse[] = [];
      const pause = pauseWhenDue(work.signal);
      let batch: T[] = [];
      let wordCount = 0;
      const flush = async () => {
        if (batch.length > 0) parses.push(...(await runBatch(batch)));
        batch = [];
        wordCount = 0;
      };
      for (const input of inputs) {
        const text = read(input);
        const own = text.words.starts.length;
        if (batch.length === BATCH_TEXTS || wordCount + own > BATCH_WORDS) await flush();
        batch.push(text);
        wordCount += own;
        await pause();
      }
      await flush();
      return parses;
    },
    close: () => session.close(),
  };
}

/** The sizes that a student's model must have. */
export function countScores(
  { tagSet, heads }: Decoder,
  { vocabulary, textVocabulary }: FeatureLists,
) {
  return {
    tagCount: tagSet.count,
    columns: countColumns(heads),
    wordFeatureCount: vocabulary.length,
    textFeatureCount: textVocabulary.hashes.length,
  };
}

/** Rows of some matrices, one below the other, padded to equal width; without any row one of padding. */
function toFeeds(prefix: string, matrices: readonly SparseMatrix[]): Record<string, Tensor> {
  const rows = matrices.flatMap((matrix) =>
    Array.from({ length: matrix.rows }, (_, r) => {
      const part = [matrix.starts[r]!, matrix.starts[r + 1]!] as const;
      return { indices: matrix.indices.subarray(...part), values: matrix.values.subarray(...part) };
    }),
  );
  const height = Math.max(1, rows.length);
  const width = rows.reduce((most, { indices }) => Math.max(most, indices.length), 1);
  const indices = new Int32Array(height * width);
  const values = new Float32Array(height * width);
  rows.forEach((row, r) => {
    indices.set(row.indices, r * width);
    values.set(row.values, r * width);
  });
  return toTensors(prefix, [height, width], indices, values);
}

function toTensors(
  prefix: string,
  dims: readonly number[],
  indices: Int32Array,
  values: Float32Array,
): Record<string, Tensor> {
  const wide = new BigInt64Array(indices.length);
  // Little-endian: the low half of each 64-bit index; the high half stays 0.
  const lowHalves = new Int32Array(wide.buffer);
  for (let i = 0; i < indices.length; i++) lowHalves[i * 2] = indices[i]!;
  return {
    [`${prefix}indices`]: createTensor('int64', dims, wide),
    [`${prefix}values`]: createTensor('float32', dims, values),
  };
}
