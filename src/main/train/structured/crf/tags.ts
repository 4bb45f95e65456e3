import { fewestValues } from '../../../../shared/domain/form/fewest-values.ts';
import type { FormPlan, SlotPlan, SlotSpan } from '../structured-student.ts';
import type { Words } from '../words/words.ts';

/** The tag of a word that belongs to no value. */
export const OUTSIDE = 0;

/**
 * The tags of a form: O, then for each slot that is read from the text B (its first word) and I (a further one).
 * A frame allows the tags of its own slots only; "no call" allows O only.
 */
export interface TagSet {
  /** T */
  readonly count: number;
  /** Slot of the form behind tags 2k+1 (B) and 2k+2 (I). Shapes: [K], T = 2K + 1. */
  readonly slots: Int32Array;
  /** For each frame, then for "no call", the k of its slots, ascending. */
  readonly frames: readonly Int32Array[];
  /** 1 for each slot that has one value at most: decoding does not tag a second. Shapes: [K]. */
  readonly singles: Uint8Array;
  /** For each frame, then for "no call", the k of the slots that need a value: decoding tags one at least. */
  readonly needed: readonly Int32Array[];
}

/** The tags that a plan needs: of the slots that are read from the text, or of those that the caller chooses. */
export function createTagSet(
  { form, slots }: FormPlan,
  isTagged: (plan: SlotPlan) => boolean = ({ mode }) => mode === 'span',
): TagSet {
  const tagged = [...slots.keys()].filter((slot) => isTagged(slots[slot]!));
  const positions = new Map(tagged.map((slot, k) => [slot, k]));
  return {
    count: 2 * tagged.length + 1,
    slots: Int32Array.from(tagged),
    frames: [
      ...form.frames.map((frame) =>
        Int32Array.from(frame.slots.flatMap((slot) => positions.get(slot) ?? [])).sort(),
      ),
      new Int32Array(0),
    ],
    singles: Uint8Array.from(tagged, (slot) => (form.slots[slot]!.isList ? 0 : 1)),
    needed: [
      ...form.frames.map((frame) =>
        Int32Array.from(
          frame.required
            .filter((slot) => slots[slot]!.mode === 'span' && fewestValues(form.slots[slot]!) > 0)
            .flatMap((slot) => positions.get(slot) ?? []),
        ).sort(),
      ),
      new Int32Array(0),
    ],
  };
}

/** Tag of the first word of slot k. */
export const beginOf = (k: number) => 2 * k + 1;
/** Tag of a further word of slot k. */
export const insideOf = (k: number) => 2 * k + 2;

/** The tags that each frame allows: O, and B and I of its slots. */
export function listFrameTags({ frames }: TagSet): readonly Int32Array[] {
  return frames.map((slots) =>
    Int32Array.of(OUTSIDE, ...[...slots].flatMap((k) => [beginOf(k), insideOf(k)])),
  );
}

/**
 * The tag of each word, or nothing where a span begins or ends within a word, holds none, shares one with another,
 * or is of a slot that the frame does not tag: such spans cannot be learnt. Shapes: result [L].
 */
export function toTags(
  tagSet: TagSet,
  frame: number,
  words: Words,
  spans: readonly SlotSpan[],
): Int32Array | undefined {
  const tags = new Int32Array(words.starts.length).fill(OUTSIDE);
  const allowed = tagSet.frames[frame]!;
  for (const { slot, start, end } of spans) {
    const k = tagSet.slots.indexOf(slot);
    const from = words.ends.findIndex((wordEnd) => wordEnd > start);
    let to = from;
    while (to >= 0 && to < tags.length && words.starts[to]! < end) to++;
    const isWhole =
      from >= 0 && to > from && words.starts[from]! >= start && words.ends[to - 1]! <= end;
    if (!isWhole || !allowed.includes(k)) return undefined;
    for (let i = from; i < to; i++) {
      if (tags[i] !== OUTSIDE) return undefined;
      tags[i] = i === from ? beginOf(k) : insideOf(k);
    }
  }
  return tags;
}
