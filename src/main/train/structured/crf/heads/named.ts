import type { Lattice } from '../lattice.ts';
import type { TagSet } from '../tags.ts';
import type { Head } from './heads.ts';
import type { Mention } from './mentions.ts';

/**
 * For each answer the probability that a place which names it is tagged as its slot's value, given the frame: which
 * of "two" and "three" in a text counts the bathrooms. Shapes: emissions [L, T]; mentions, result [columns].
 */
export function findNamed(
  lattice: Lattice,
  tagSet: TagSet,
  heads: readonly Head[],
  mentions: readonly Mention[],
  emissions: Float32Array,
  length: number,
  frame: number,
): Float32Array {
  const named = new Float32Array(mentions.length);
  const allowed = tagSet.frames[frame]!;
  const spans = heads.flatMap(({ slot, from, size }) => {
    const k = slot < 0 ? -1 : tagSet.slots.indexOf(slot);
    if (!allowed.includes(k)) return [];
    return Array.from({ length: size }, (_, i) => from + i).flatMap((column) =>
      mentions[column]!.places.map((place) => ({ ...place, k, column })),
    );
  });
  if (spans.length === 0) return named;
  lattice.spanProbabilities(emissions, length, frame, spans).forEach((probability, i) => {
    const { column } = spans[i]!;
    named[column] = Math.max(named[column]!, probability);
  });
  return named;
}
