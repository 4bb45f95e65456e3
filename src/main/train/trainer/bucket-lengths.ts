import type { Examples } from './plan.ts';

/** Texts run with others of about their length. Units: tokens. */
const LENGTHS = [8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 256, 384, 512];

/** The lengths of buckets that some row falls into. */
export function bucketLengths({ tokens, count }: Examples, maxLength: number): number[] {
  const lengths = [...LENGTHS.filter((length) => length < maxLength), maxLength];
  const used = new Set<number>();
  for (let row = 0; row < count; row++) {
    const own = tokens!.starts[row + 1]! - tokens!.starts[row]!; // examples of an encoder have tokens
    used.add(lengths.find((length) => length >= own) ?? maxLength);
  }
  return lengths.filter((length) => used.has(length));
}
