import type { Split } from '../../shared/domain/example.ts';
import { type Lookup, tellLookup } from '../../shared/domain/lookup.ts';
import type { Gold } from '../store/gold.ts';

/** What a reader of the figures must know before trusting them, in words. */
export function warningsOf(state: {
  gold: Gold;
  isSealed: boolean;
  split: Split;
  looks: number;
  /** Tables that the student needs and the project does not have. */
  lacking: readonly Lookup[];
}): string[] {
  const { gold, isSealed, split, looks, lacking } = state;
  const n = gold.rows.length;
  return [
    ...lacking.map(
      (lookup) =>
        `${tellLookup(lookup)}, which is not in the project: the field is missing from every answer. Add the table again to measure the student with it.`,
    ),
    ...(gold.author === 'human'
      ? []
      : [
          `No person has answered these rows: the ${gold.author === 'teacher' ? "teacher's" : 'imported'} answers stand in for right ones, and their mistakes count against the student.`,
        ]),
    ...(isSealed
      ? []
      : ['The holdout is not sealed, so its rows may still change or have steered training.']),
    ...(split === 'train'
      ? ['These rows trained the student: the figures say nothing about new ones.']
      : []),
    ...(n < 100 ? [`Only ${n} rows: the intervals are wide.`] : []),
    ...(split === 'holdout' && looks > 5
      ? [`This is look ${looks} at the holdout: choices made after so many looks fit it by chance.`]
      : []),
  ];
}
