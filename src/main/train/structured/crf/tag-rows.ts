import type { StructuredRow } from '../structured-student.ts';
import type { Words } from '../words/words.ts';
import type { Head } from './heads/heads.ts';
import type { Mention } from './heads/mentions.ts';
import { tagChoices } from './mentioned-choices.ts';
import { type TagSet, toTags } from './tags.ts';

/** A row with its words, and how they name the answers of the heads. Shapes: mentions [columns]. */
export interface TaggableRow {
  readonly row: StructuredRow;
  readonly words: Words;
  readonly mentions: readonly Mention[];
}

/** With fewer of its rows left, a slot's choices are not tagged: they are still chosen by the whole text. */
const FEWEST_KEPT = 0.5;

/**
 * The tags of each row, choices included where the text names them; nothing where they are not all known. A slot whose
 * choices mostly stand where it is not clear which place is meant is passed over, since its rows would be lost for all
 * other slots. Shapes: result as `rows`.
 */
export function tagRows(
  rows: readonly TaggableRow[],
  heads: readonly Head[],
  tagSet: TagSet,
): (Int32Array | undefined)[] {
  const ofSpans = rows.map(({ row, words }) =>
    row.isTagged ? toTags(tagSet, row.frame, words, row.spans) : undefined,
  );
  const tagWith = (named: ReadonlySet<number>) =>
    ofSpans.map((tags, i) => tags && tagChoices(tags, rows[i]!, heads, tagSet, named));
  const countOf = (k: number, tags: readonly (Int32Array | undefined)[]) =>
    rows.filter(({ row }, i) => tags[i] && tagSet.frames[row.frame]!.includes(k)).length;

  let named: ReadonlySet<number> = new Set();
  let best = tagWith(named);
  for (const [k, slot] of tagSet.slots.entries()) {
    if (!heads.some((head) => head.slot === slot)) continue;
    const more = new Set([...named, k]);
    const found = tagWith(more);
    if (countOf(k, found) < FEWEST_KEPT * countOf(k, best)) continue;
    named = more;
    best = found;
  }
  return best;
}
