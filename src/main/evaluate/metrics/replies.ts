import { wilson } from '../../lib/statistics/wilson.ts';
import { isRight } from '../scored.ts';
import type { Metric } from './metric.ts';

export const replyRight: Metric = {
  title: 'Right replies',
  kinds: ['rewrite'],
  better: 'higher',
  method:
    "Share of rows with a reply of the reference's type with the same values, however it is worded, or rightly left to a person since the reference follows no type; Wilson's interval.",
  measure(scored) {
    const right = scored.gold.filter((_, row) => isRight(scored, row)).length;
    return wilson(right, scored.gold.length);
  },
};

export const replyCoverage: Metric = {
  title: 'References that follow a type of reply',
  kinds: ['rewrite'],
  better: 'higher',
  method:
    "Share of right answers that one of the types can say, each value in its text; the others are for a person; Wilson's interval.",
  measure: ({ replies }) =>
    replies && wilson(replies.filter(({ isSayable }) => isSayable).length, replies.length),
};

export const replyGiven: Metric = {
  title: 'Replies given',
  kinds: ['rewrite'],
  better: 'higher',
  method:
    "Share of rows with a whole reply, right or wrong, before any threshold; Wilson's interval.",
  measure: ({ replies, answers }) =>
    replies && wilson(answers.filter(({ isLeft }) => !isLeft).length, answers.length),
};
