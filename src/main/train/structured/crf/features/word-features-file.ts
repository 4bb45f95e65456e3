import { z } from 'zod';
import { AppError } from '../../../../../shared/errors.ts';
import { droppedRanges, foldedRanges, separatorRanges } from '../../../features/fold.ts';
import { codePointRanges } from '../../words/code-points.ts';
import type { Gazetteer } from './gazetteer.ts';

const list = z.base64();
const fileSchema = z.object({
  formatVersion: z.literal(1),
  hashes: list,
  gazetteer: z.object({ hashes: list, places: list, starts: list, ks: list, counts: list }),
});

/** What the features of words need: the vocabulary (row i of the table belongs to hash i) and the values seen. */
export interface WordFeatureParts {
  readonly vocabulary: Uint32Array;
  readonly gazetteer: Gazetteer;
}

/**
 * word-features.json: the kinds of code points and the rules of folding as ranges, and lists as base64 of
 * little-endian 32-bit numbers. No text of the training data is in it.
 */
export function encodeWordFeatures({ vocabulary, gazetteer }: WordFeatureParts): string {
  return JSON.stringify({
    formatVersion: 1,
    kinds: codePointRanges,
    folded: foldedRanges,
    dropped: droppedRanges,
    separators: separatorRanges,
    hashes: toBase64(vocabulary),
    gazetteer: {
      hashes: toBase64(gazetteer.hashes),
      places: toBase64(gazetteer.places),
      starts: toBase64(gazetteer.starts),
      ks: toBase64(gazetteer.ks),
      counts: toBase64(gazetteer.counts),
    },
  });
}

/** Reads word-features.json. @throws AppError `student.malformed` */
export function decodeWordFeatures(bytes: Uint8Array): WordFeatureParts {
  const parsed = fileSchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw malformed('is not readable', parsed.error);
  const { hashes, gazetteer } = parsed.data;
  const parts = {
    vocabulary: fromBase64(hashes),
    gazetteer: {
      hashes: fromBase64(gazetteer.hashes),
      places: fromBase64(gazetteer.places),
      starts: fromBase64(gazetteer.starts),
      ks: fromBase64(gazetteer.ks),
      counts: fromBase64(gazetteer.counts),
    },
  };
  const { places, starts, ks, counts } = parts.gazetteer;
  const phrases = parts.gazetteer.hashes.length;
  const isWhole =
    places.length === phrases &&
    starts.length === phrases + 1 &&
    starts.every((start, i) => i === 0 || start >= starts[i - 1]!) &&
    starts.at(-1) === ks.length &&
    ks.length === counts.length;
  if (!isWhole) throw malformed('holds lists of wrong length');
  if (hasTwice(parts.vocabulary) || hasTwice(parts.gazetteer.hashes))
    throw malformed('names a feature twice');
  return parts;
}

const hasTwice = (hashes: Uint32Array) => new Set(hashes).size !== hashes.length;

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function malformed(why: string, cause?: unknown): AppError {
  return new AppError(
    'student.malformed',
    `word-features.json of the student ${why}. Copy the folder again or train anew.`,
    { cause },
  );
}

function toBase64(array: Uint32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

/** The numbers, up to the last whole one. */
function fromBase64(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Uint32Array(
    new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer,
  );
}
