import { canonicalJson } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import type { Int8Comparison } from '../choose-model.ts';
import type { Variant } from '../students/student.ts';
import { createAssembler } from './assemble.ts';
import type { Parse } from './structured-student.ts';
import type { ParserTrial } from './try-parser.ts';

/** ONNX Runtime adds in another order and in single precision. */
const LARGEST_DIFFERENCE = 1e-3;
const MOST_ROWS = 2_000;

/**
 * The int8 model beside the full one, by whole outputs that are right, both run by ONNX Runtime on rows they had not
 * seen; null without such rows. On the way it proves that the exported model reads as the trained one.
 * @throws AppError `train.diverged` when it does not
 */
export async function compareVariants(
  { held: { parts }, student }: ParserTrial,
  threads: number,
  work: Work,
): Promise<Int8Comparison | null> {
  const part = parts[0];
  if (!part) return null;
  const { lesson, parser } = part;
  const rows = part.rows.slice(0, MOST_ROWS);
  const inputs = rows.map(({ input }) => input);
  const { files, decoder } = parser.export();
  const read = (path: string) => toBytes(files[path]!);
  const assemble = createAssembler({ ...lesson, confidence: { intercept: 0, weights: {} } });

  const parse = async (variant: Variant) => {
    const loaded = await student.load(read, {
      threads,
      variant,
      plan: lesson.plan,
      decoder,
      byRuntime: true,
    });
    try {
      return await loaded.parse(inputs, work);
    } finally {
      await loaded.close();
    }
  };
  const countRight = (parses: readonly Parse[]) =>
    rows.filter(
      ({ input, output }, i) =>
        canonicalJson(assemble(parses[i]!, input).output) === canonicalJson(output),
    ).length;

  const full = await parse('full');
  const own = await parser.parse(inputs, work);
  if (own.some((one, i) => !isSame(one, full[i]!)))
    throw new AppError(
      'train.diverged',
      'The exported model does not read texts as the trained one does, so nothing was kept. Please report this.',
    );
  const difference = (countRight(await parse('int8')) - countRight(full)) / rows.length;
  return { difference, rows: rows.length };
}

/** The same up to rounding; two readings that are equally likely may change places. */
function isSame(a: Parse, b: Parse): boolean {
  const isNear = (x: number, y: number) => Math.abs(x - y) <= LARGEST_DIFFERENCE;
  return (
    isNear(a.frameProbability, b.frameProbability) &&
    (a.frame !== b.frame || isNear(a.pathProbability, b.pathProbability))
  );
}

function toBytes(contents: string | Uint8Array): Uint8Array {
  return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
}
