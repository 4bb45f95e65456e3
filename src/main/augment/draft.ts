import type { Work } from '../lib/work.ts';
import type { Aim } from './strategies/strategy.ts';

/** A new text that nobody has accepted yet. */
export interface Draft {
  readonly aim: Aim;
  readonly text: string;
  /** Of a teacher's draft: the words as they came, with placeholders where personal data was replaced. */
  readonly rawText: string;
  readonly replyId: number | null;
}

/** Makes drafts, a batch at a time. */
export interface Drafter {
  /** About so many drafts; none when there are no more to be had. */
  next(wanted: number, work: Work): Promise<readonly Draft[]>;
}
