import type { Examples } from '../../trainer/example-lists.ts';
import { joinLists, toExamples } from '../../trainer/examples.ts';
import type { Head } from '../crf/heads/heads.ts';
import { tagRows } from '../crf/tag-rows.ts';
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
  const { tagSet, heads, readMentions } = layout;
  const tags = tagRows(
    used.map((row) => {
      const { words } = pieces[row]!;
      return { row: rows[row]!, words, mentions: readMentions(words) };
    }),
    heads,
    tagSet,
  );
  const examples = toExamples(set, { tokens: pieces.map(({ ids }) => ids) }, used);
  return {
    ...examples,
    tokens: { ...examples.tokens!, words: join((row) => pieces[row]!.wordOf).ids }, // given above
    // Of the words that the encoder sees.
    tags: joinLists(used.map((row, i) => tags[i]?.subarray(0, pieces[row]!.wordCount) ?? [])),
    asked: join((row) =>
      [...layout.heads.keys()].filter((head) => toColumns(layout.heads[head]!, rows[row]!)),
    ),
    answers: join((row) => layout.heads.flatMap((head) => toColumns(head, rows[row]!) ?? [])),
  };
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
