import type { Input } from '../../../../shared/domain/prediction.ts';
import { AppError } from '../../../../shared/errors.ts';
import { scanModel } from '../../../onnx/scan.ts';
import { createSession } from '../../../onnx/session.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import { padTexts } from '../../backbones/token-batch.ts';
import { pauseWhenDue } from '../../pause.ts';
import { poolWords } from '../../trainer/word-feeds.ts';
import type { LoadedParser, Parse } from '../structured-student.ts';
import type { HeadSizes } from './heads.ts';
import type { Pieces } from './pieces.ts';
import type { TextScores } from './read-scores.ts';

/** Pieces a run: enough to keep the matrix products busy, few enough to cancel soon. */
const PIECES_PER_RUN = 512;
const none = new Float32Array(0);

interface OnnxParserOptions {
  readonly threads: number;
  readonly sizes: HeadSizes;
  readonly cut: (input: Input) => Pieces;
  readonly read: (scores: TextScores, pieces: Pieces, input: Input) => Parse;
}

/** Parses by the ONNX model, which anyone may have made. @throws AppError `onnx.malformed`, `onnx.unsafe` */
export async function createOnnxParser(
  model: Uint8Array,
  { threads, sizes, cut, read }: OnnxParserOptions,
): Promise<LoadedParser> {
  scanModel(model);
  const session = await createSession(model, { threads });

  async function score(batch: readonly Pieces[]): Promise<TextScores[]> {
    const length = batch.reduce((longest, { ids }) => Math.max(longest, ids.length), 1);
    const W = batch.reduce((most, { wordCount }) => Math.max(most, wordCount), 1);
    const { ids, mask } = padTexts(
      batch.map((pieces) => pieces.ids),
      length,
    );
    const dims = [batch.length, length];
    const pooling = createTensor(
      'float32',
      [batch.length, W, length],
      new Float32Array(batch.length * W * length),
    );
    poolWords(
      batch.map(({ wordOf }) => wordOf),
      pooling,
    );
    const { frames, emissions, choices } = await session.run({
      input_ids: createTensor('int64', dims, BigInt64Array.from(ids, BigInt)),
      attention_mask: createTensor('int64', dims, BigInt64Array.from(mask, BigInt)),
      pooling,
    });
    const cutAt = (all: Tensor | undefined, b: number) => {
      if (!all) return none;
      const size = all.data.length / batch.length;
      return (all.data as Float32Array).subarray(b * size, (b + 1) * size); // all outputs are float32
    };
    return batch.map((_, b) => ({
      frames: cutAt(frames, b),
      emissions: cutAt(emissions, b),
      choices: cutAt(choices, b),
    }));
  }

  /** There must be a score for each frame, tag and choice. */
  async function assertFits(): Promise<void> {
    const [scores] = await score([cut({ text: '' })]);
    const { frameCount, tagCount, choiceCount } = sizes;
    const found = [scores!.frames, scores!.emissions, scores!.choices].map(({ length }) => length);
    if (found.join() === [frameCount, tagCount, choiceCount].join()) return;
    await session.close();
    throw new AppError(
      'student.malformed',
      `The model has ${found.join(', ')} scores for frames, tags and choices, and its decoder ${frameCount}, ${tagCount}, ${choiceCount}. Copy the folder again or train anew.`,
    );
  }

  await assertFits();
  return {
    async parse(inputs, work) {
      const pause = pauseWhenDue(work.signal);
      const pieces: Pieces[] = [];
      for (const input of inputs) {
        pieces.push(cut(input));
        await pause();
      }
      const order = [...pieces.keys()].sort(
        (a, b) => pieces[a]!.ids.length - pieces[b]!.ids.length,
      );
      const parses = new Array<Parse>(inputs.length);
      for (let done = 0; done < order.length; ) {
        const rows = takeRun(order, done, (row) => pieces[row]!.ids.length);
        const scores = await score(rows.map((row) => pieces[row]!));
        rows.forEach((row, b) => {
          parses[row] = read(scores[b]!, pieces[row]!, inputs[row]!);
        });
        done += rows.length;
        await pause();
      }
      return parses;
    },
    close: () => session.close(),
  };
}

/** The next rows, in order of length, whose padded pieces fit one run. At least one. */
function takeRun(order: readonly number[], start: number, lengthOf: (row: number) => number) {
  let end = start + 1;
  while (end < order.length && (end + 1 - start) * lengthOf(order[end]!) <= PIECES_PER_RUN) end++;
  return order.slice(start, end);
}
