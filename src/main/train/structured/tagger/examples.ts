import { joinLists, toExamples } from '../../trainer/examples.ts';
import type { Examples } from '../../trainer/plan.ts';
import { toTags } from '../crf/tags.ts';
import type { StructuredRow } from '../structured-student.ts';
import { toColumns } from './choice-heads.ts';
import type { Layout } from './layout.ts';
import type { Pieces } from './pieces.ts';

/** Rows as arrays; those of weight 0 are left out. */
export function toTaggerExamples(
  rows: readonly StructuredRow[],
  pieces: readonly Pieces[],
  { tagSet, choices }: Pick<Layout, 'tagSet' | 'choices'>,
): Examples {
  const used = [...rows.keys()].filter((row) => rows[row]!.weight > 0);
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
    tags: join((row) => {
      const { frame, spans, isTagged } = rows[row]!;
      const { words, wordCount } = pieces[row]!;
      const tags = isTagged ? toTags(tagSet, frame, words, spans) : undefined;
      return tags?.subarray(0, wordCount) ?? [];
    }),
    choices: join((row) => toColumns(choices, rows[row]!)),
  };
}
