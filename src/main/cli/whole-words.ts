/** What the share of right answers of a student is called, by the metric that says it. */
export const wholeWords = {
  accuracy: 'accuracy',
  replyRight: 'right replies',
  exactMatch: 'whole outputs right',
} as const;
