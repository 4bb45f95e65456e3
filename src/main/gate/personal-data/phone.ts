import { type CountryCode, isPossiblePhoneNumber, isValidPhoneNumber } from 'libphonenumber-js/min';
import { caseWords, speaksAgainst, speaksFor } from './cues.ts';
import { type Detector, digitsOf, type Span } from './finding.ts';

const candidate =
  /(?<![\p{L}\p{N}#]|\d[.,/:-])(?:\+|00)?\(?\d(?:[ ]?[-./()]?[ ]?\d){6,16}(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\p{L}\p{N}]|[.,:/-]\d)/gu;
/** Of a number with its country code (ITU-T E.164), and of the shortest one that is told. */
const MAX_DIGITS = 15;
const MIN_DIGITS = 7;
const phoneWords =
  /\b(?:phones?|tel|telephone|telefon\w*|téléphone|teléfono|mobile?|mobil\w*|móvil|cell(?:phone)?|celular|handy|fax|call(?:s|ed|ing)?|dial|ring|rang|reach|sms|text(?:ed|ing)?|whats\s?app|messages?|voice\s?mail|landline|desk|office|home|contact|answer(?:ing|ed)?|rufnummer|anruf\w*|numéro)\b/gi;

const phoneWordAfter = /^[ -]?\(?(?:office|fax|mobile|cell|home|landline|tel)\b/i;

/** Countries whose national way of writing is tried when a number has no country code. */
const nationalFormats: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'IT',
  'ES',
  'NL',
  'BE',
  'CH',
  'AT',
  'SE',
  'DK',
  'PL',
  'AU',
  'IN',
  'BR',
];
const dateLike =
  /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))(?: \d{1,2})?$/;
const northAmerican = /^(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:\D|$)/;

/**
 * Telephone numbers: with a country code by libphonenumber's rules; without one by a national way of writing, or
 * beside a word that tells. Order, ticket and account numbers are no telephone numbers.
 */
export const phone: Detector = {
  kind: 'phone',
  find: (text) => [...text.matchAll(candidate)].flatMap((match) => findIn(text, match) ?? []),
};

/** The number at a place: all that stands there, else without groups at its end that make it too long. */
function findIn(text: string, match: RegExpExecArray): Span | undefined {
  const start = match.index;
  const isInternational = /^(?:\+|00)/.test(match[0]);
  for (let value = match[0]; digitsOf(value).length >= MIN_DIGITS; ) {
    const isTooLong = digitsOf(withoutExtension(value)).length > MAX_DIGITS;
    const confidence = isTooLong
      ? 0
      : isInternational
        ? rateInternational(value)
        : rateNational(text, value, start);
    if (confidence > 0) return { start, end: start + value.length, confidence };
    const cut = value.lastIndexOf(' ');
    if (cut < 0 || !(isTooLong || isInternational)) return undefined;
    value = value.slice(0, cut).trimEnd();
  }
  return undefined;
}

const withoutExtension = (value: string) => value.replace(/\s?(?:x|ext).*$/i, '');

function rateNational(text: string, value: string, start: number): number {
  const end = start + value.length;
  if (dateLike.test(value) || isAmount(text, start, end)) return 0;
  if (speaksFor(text, start, phoneWords, caseWords) || phoneWordAfter.test(text.slice(end)))
    return 0.85;
  if (speaksAgainst(text, start, caseWords)) return 0;
  if (northAmerican.test(value)) return 0.75;
  const isGrouped = /^\(?0[\d)]*[ \-./]\d/.test(value);
  return isGrouped && nationalFormats.some((country) => isValidPhoneNumber(value, country))
    ? 0.7
    : 0;
}

function rateInternational(value: string): number {
  const number = value.replace(/^00/, '+').replace('(0)', '');
  if (isValidPhoneNumber(number)) return 0.98;
  return value.startsWith('+') && isPossiblePhoneNumber(number) ? 0.8 : 0;
}

function isAmount(text: string, start: number, end: number): boolean {
  return (
    /[$€£¥]\s?$/.test(text.slice(0, start)) || /^\s?(?:[$€£¥%]|USD|EUR|GBP)/.test(text.slice(end))
  );
}
