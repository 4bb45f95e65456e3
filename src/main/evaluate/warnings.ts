import type { Split } from '../../shared/domain/example.ts';
import type { Gold } from '../store/gold.ts';

/** What a reader of the figures must know before trusting them, in words. */
export function warningsOf(state: {
  gold: Gold;
  isSealed: boolean;
  split: Split;
  looks: number;
}): string[] {
  const { gold, isSealed, split, looks } = state;
  const n = gold.rows.length;
  return [
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
