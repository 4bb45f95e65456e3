import { type Detector, matchSpans } from './finding.ts';

const word = "\\p{Lu}[\\p{L}'’-]{1,30}";
const introduced = new RegExp(
  `(?:\\b[Mm]y name is|\\bname(?:\\s?:|\\sof)|\\b[Tt]his is|\\bI am called|\\b[Ii]ch heiße|\\b[Mm]ein Name ist|\\b[Jj]e m'appelle|\\b[Mm]e llamo|\\b[Mm]i chiamo|\\b[Rr]egards,|\\b[Ss]incerely,|\\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|Sr|Sra)\\.?)\\s+(${word}(?:\\s${word}){0,3})`,
  'gu',
);

/** Names after words that introduce one. Most names have no such word: a suggestion for people, never a filter. */
export const name: Detector = {
  kind: 'name',
  isSuggestion: true,
  find: (text) => matchSpans(text, introduced, () => 0.5),
};
