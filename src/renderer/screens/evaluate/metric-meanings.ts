/** What each metric says, in words for people who do not know its name. */
export const metricMeanings: Readonly<Record<string, string>> = {
  accuracy: 'Answers that are right.',
  macroF1: 'The same, with rare labels counting as much as common ones.',
  exactMatch: 'Answers that are right in every part.',
  replyRight:
    'Replies of the right type with the right values, however they are worded; and texts rightly left to a person because the right answer follows no type.',
  replyCoverage: 'Right answers that one of its types of reply can say.',
  replyGiven: 'Texts that it has a whole reply to.',
  factsInvented: 'Replies that state a fact which is neither in the text nor in the right answer.',
  factsKept: 'Facts of the text that the right answer repeats and the reply does, too.',
  chrf: 'Likeness of its words to those of the right answer; the same may be said otherwise.',
  fieldF1: 'Fields that are right, among those given and those wanted.',
  validJson: 'Answers that fit the task.',
  ece: 'How far its sureness is from the truth; 0 is perfect.',
  nll: 'Penalty for being sure and wrong; lower is better.',
  brier: 'Squared gap between sureness and truth; lower is better.',
  oosAuroc: 'Tells texts that no label fits; 1 is perfect, 0.5 is chance.',
  noAnswerPrecision: 'When it says that no label fits, how often that is so.',
  noAnswerRecall: 'Of the texts that no label fits, how many it catches.',
};
