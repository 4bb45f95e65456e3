import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { droppedRanges, foldedRanges, separatorRanges } from './fold.ts';
import type { Vocabulary } from './vocabulary.ts';

const fileSchema = z.object({
  formatVersion: z.literal(1),
  count: z.int().nonnegative(),
  hashes: z.base64(),
  weights: z.base64(),
});

/**
 * features.json: the rules of folding as ranges, and the vocabulary as base64 of little-endian 32-bit arrays,
 * entry i belonging to row i of the model's table. No text of the training data is in it.
 */
export function encodeFeatures({ hashes, weights }: Vocabulary): string {
  return JSON.stringify({
    formatVersion: 1,
    folded: foldedRanges,
    dropped: droppedRanges,
    separators: separatorRanges,
    count: hashes.length,
    hashes: toBase64(hashes),
    weights: toBase64(weights),
  });
}

/** Reads features.json. @throws AppError `student.malformed` */
export function decodeFeatures(bytes: Uint8Array): Vocabulary {
  const fail = (why: string, cause?: unknown): never => {
    throw new AppError(
      'student.malformed',
      `features.json of the student ${why}. Copy the folder again or train anew.`,
      { cause },
    );
  };
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    return fail('is not readable', error);
  }
  const hashes = new Uint32Array(fromBase64(file.hashes));
  const weights = new Float32Array(fromBase64(file.weights));
  if (hashes.length !== file.count || weights.length !== file.count)
    fail('holds lists of wrong length');
  if (!weights.every((value) => Number.isFinite(value) && value > 0))
    fail('holds impossible numbers');
  if (new Set(hashes).size !== hashes.length) fail('names an n-gram twice');
  return { hashes, weights };
}

function toBase64(array: Uint32Array | Float32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

/** The bytes, up to the last whole 32-bit number. */
function fromBase64(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  return new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer;
}
