import type { StructuredRow } from '../structured-student.ts';
import type { Head } from './heads/heads.ts';
import type { Mention } from './heads/mentions.ts';
import { beginOf, insideOf, OUTSIDE, type TagSet } from './tags.ts';

/**
 * Adds to a row's tags where its choices are named, so that "two" of "two bathrooms" is learnt to be theirs. Nothing
 * where it is not clear which place is meant: such a row would teach that the right one is no value's.
 * `named` has the k of the slots that are looked at. Shapes: tags, result [L]; mentions [columns of the heads].
 */
export function tagChoices(
  tags: Int32Array,
  {
    row: { frame, choices },
    mentions,
  }: { readonly row: StructuredRow; readonly mentions: readonly Mention[] },
  heads: readonly Head[],
  tagSet: TagSet,
  named: ReadonlySet<number>,
): Int32Array | undefined {
  const tagged = tags.slice();
  const freePlaces = (column: number) =>
    mentions[column]!.places.filter(({ from, to }) =>
      tags.subarray(from, to).every((tag) => tag === OUTSIDE),
    );
  for (const { slot, chosen } of choices) {
    const k = tagSet.slots.indexOf(slot);
    const head = heads.find((one) => one.slot === slot);
    if (!named.has(k) || !head) continue;
    for (const choice of chosen) {
      const free = freePlaces(head.from + choice);
      if (free.length > 1) return undefined;
      for (const { from, to } of free)
        for (let w = from; w < to; w++) {
          if (tagged[w] !== OUTSIDE) return undefined; // named by two choices at once
          tagged[w] = w === from ? beginOf(k) : insideOf(k);
        }
    }
  }
  // Of a slot that the row says nothing of, a named answer may be its value or not.
  for (const k of tagSet.frames[frame]!) {
    if (!named.has(k)) continue;
    const slot = tagSet.slots[k]!;
    const head = heads.find((one) => one.slot === slot);
    if (!head || choices.some((choice) => choice.slot === slot)) continue;
    for (let i = 0; i < head.size; i++) if (freePlaces(head.from + i).length > 0) return undefined;
  }
  return tagged;
}
