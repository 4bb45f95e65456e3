import { isLuhn } from './checksums.ts';
import { hasCueBefore } from './cues.ts';
import { type Detector, digitsOf, matchSpans } from './finding.ts';

const candidate = /(?<![\p{L}\p{N}.])\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}])/gu;

/** Prefix and lengths of each card network. @see ISO/IEC 7812 */
const networks = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|65|64[4-9])/, lengths: [16, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { prefix: /^(?:2131|1800)/, lengths: [15] },
  { prefix: /^3(?:0[0-5]|[68])/, lengths: [14] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
] as const;
const cue =
  /\b(?:card|cc|credit|debit|visa|master\s?card|amex|maestro|karte|carte|tarjeta|carta)\b/i;

/** Payment card numbers: a network's prefix and length, and Luhn's check digit. */
export const card: Detector = {
  kind: 'card',
  find: (text) =>
    matchSpans(text, candidate, (value, start) => {
      const digits = digitsOf(value);
      const hasCue = hasCueBefore(text, start, cue);
      const network = networks.find(
        ({ prefix, lengths }) =>
          prefix.test(digits) && (lengths as readonly number[]).includes(digits.length),
      );
      if (/^(\d)\1+$/.test(digits)) return 0;
      if (isLuhn(digits) && (network || hasCue)) return hasCue ? 0.99 : 0.9;
      // Sixteen digits in fours beside "card" are a card with a typing error.
      return hasCue && /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/.test(value) ? 0.7 : 0;
    }),
};
