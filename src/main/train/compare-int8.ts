import { AppError } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Int8Comparison } from './choose-model.ts';
import type { Trial } from './choose-student.ts';
import { countRight } from './held-out-scores.ts';
import type { TrainingSet, Variant } from './students/student.ts';

/** ONNX Runtime adds in another order and in single precision. */
const LARGEST_DIFFERENCE = 1e-3;
const MOST_ROWS = 2_000;

/**
 * The int8 model beside the full one, both run by ONNX Runtime on rows they had not seen; null without such rows. On the way it proves that the exported model gives the trainer's own scores.
 * @throws AppError `train.diverged` when it does not
 */
export async function compareInt8(
  { sample, student, temperature }: Trial,
  set: TrainingSet,
  threads: number,
  work: Work,
): Promise<Int8Comparison | null> {
  if (!sample) return null;
  const rows = sample.rows.slice(0, MOST_ROWS);
  const inputs = rows.map((row) => set.inputs[row]!);
  const gold = rows.map((row) => toClassIndex(set, row));
  const classCount = set.classes.length;
  const { files } = sample.student.export(temperature);
  const read = (path: string) => toBytes(files[path]!);

  const run = async (variant: Variant) => {
    const loaded = await student.load(read, { threads, variant, classCount });
    try {
      return (await loaded.score(inputs, work)).scores;
    } finally {
      await loaded.close();
    }
  };
  const full = await run('full');
  const own = (await sample.student.score(inputs, work)).scores;
  if (own.some((score, i) => !(Math.abs(score - full[i]!) <= LARGEST_DIFFERENCE)))
    throw new AppError(
      'train.diverged',
      'The exported model does not give the scores of the trained one, so nothing was kept. Please report this.',
    );
  const right8 = countRight(await run('int8'), gold, classCount);
  const difference = (right8 - countRight(full, gold, classCount)) / rows.length;
  return { difference, rows: rows.length };
}

function toBytes(contents: string | Uint8Array): Uint8Array {
  return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
}

/** The likeliest class of a row's target. */
function toClassIndex({ targets }: TrainingSet, row: number): number {
  const target = targets[row]!;
  if (typeof target === 'number') return target;
  return target.reduce((best, part) => (part.share > best.share ? part : best)).classIndex;
}
