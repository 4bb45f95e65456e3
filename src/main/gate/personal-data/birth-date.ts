import { type Detector, matchSpans } from './finding.ts';

const months =
  'jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember)?|septembre|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember|embre)?|dicembre|diciembre|enero|janvier|février|febrero';
const date = new RegExp(
  `(?<![\\p{L}\\p{N}.])(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}\\s?[-/.]\\s?\\d{1,2}\\s?[-/.]\\s?(?:\\d{4}|\\d{2})|\\d{1,2}(?:st|nd|rd|th|\\.)?\\s(?:of\\s|de\\s)?(?:${months})\\.?,?\\s(?:de\\s)?\\d{4}|(?:${months})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})(?![\\p{L}\\p{N}])`,
  'giu',
);
const before =
  /(?:\bborn\b|\bbirth(?:day|date)?\b|\bd\.?o\.?b\b|geboren|geburts\w*|geb\.|\bnée?\b|naissance|nacid[oa]|nacimiento|\bnat[oa]\b|nascita|nascid[oa]|nascimento|geboorte\w*|född|urodzon[ya])[^.!?\n]{0,30}$/iu;
const after =
  /^[^.!?\n\p{L}]{0,3}(?:is|was|ist)?\s?(?:my|his|her|their|the|mein)?\s?(?:birthday|birth date|date of birth|dob|geburtstag)/iu;

/** Dates beside words of birth. Other dates are no personal data by themselves. */
export const birthDate: Detector = {
  kind: 'birth-date',
  find: (text) =>
    matchSpans(text, date, (_, start, end) => {
      const isBirth =
        before.test(text.slice(Math.max(0, start - 50), start)) ||
        after.test(text.slice(end, end + 40));
      return isBirth ? 0.9 : 0;
    }),
};
