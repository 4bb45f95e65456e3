import { joinLists, toExamples } from '../../trainer/examples.ts';
import type { Examples } from '../../trainer/plan.ts';
import type { Head } from '../crf/heads/heads.ts';
import { tagChoices } from '../crf/mentioned-choices.ts';
import { toTags } from '../crf/tags.ts';
import type { StructuredRow } from '../structured-student.ts';
import type { Layout } from './layout.ts';
import type { Pieces } from './pieces.ts';

/** Some rows as arrays; those of weight 0 are left out. */
export function toTaggerExamples(
  rows: readonly StructuredRow[],
  pieces: readonly Pieces[],
  layout: Layout,
  chosen: readonly number[] = [...rows.keys()],
): Examples {
  const used = chosen.filter((row) => rows[row]!.weight > 0);
  const set = {
    inputs: rows.map(({ input }) => input),
    targets: rows.map(({ frame }) => frame),
    weights: rows.map(({ weight }) => weight),
    classes: [],
  };
  const join = (listOf: (row: number) => ArrayLike<number>) => joinLists(used.map(listOf));
  const examples = toExamples(set, { tokens: pieces.map(({ ids }) => ids) }, used);
  return {
    ...examples,
    tokens: { ...examples.tokens!, words: join((row) => pieces[row]!.wordOf).ids }, // given above
    tags: join((row) => tagsOf(rows[row]!, pieces[row]!, layout)),
    asked: join((row) =>
      [...layout.heads.keys()].filter((head) => toColumns(layout.heads[head]!, rows[row]!)),
    ),
    answers: join((row) => layout.heads.flatMap((head) => toColumns(head, rows[row]!) ?? [])),
  };
}

/** The tags of the words that the encoder sees, choices included where the text names them; none if not all are known. */
function tagsOf(
  row: StructuredRow,
  { words, wordCount }: Pieces,
  { tagSet, heads, readMentions }: Layout,
): ArrayLike<number> {
  const tags = row.isTagged ? toTags(tagSet, row.frame, words, row.spans) : undefined;
  const all = tags && tagChoices(tags, row, heads, readMentions(words), tagSet);
  return all?.subarray(0, wordCount) ?? [];
}

/** The columns of a head's right answers; nothing where the row does not tell. */
function toColumns(
  { slot, mode, from, size }: Head,
  { frame, choices }: StructuredRow,
): readonly number[] | undefined {
  if (slot < 0) return [from + frame];
  const chosen = choices.find((choice) => choice.slot === slot)?.chosen;
  if (mode === 'one' && chosen?.length === 0) return [from + size - 1];
  return chosen?.map((choice) => from + choice);
}
