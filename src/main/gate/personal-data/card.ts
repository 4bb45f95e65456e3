import { isLuhn } from './checksums.ts';
import { hasCueBefore } from './cues.ts';
import { type Detector, digitsOf, type Span } from './finding.ts';

/** Digits that stand together or in groups; what stands beside a card, such as its expiry, may be among them. */
const run = /(?<![\p{L}\p{N}.])\d(?:[ -]?\d)*(?![\p{L}\p{N}])/gu;
const MIN_DIGITS = 12;
const MAX_DIGITS = 19;
/** Groups of a card have no fewer digits; shorter ones beside it are something else. */
const MIN_GROUP_DIGITS = 3;

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
  find: (text) => [...text.matchAll(run)].flatMap((match) => findIn(text, match[0], match.index)),
};

/** The cards in a run of digits: the whole of it, else the longest part of whole groups from each place on. */
function findIn(text: string, digits: string, offset: number): Span[] {
  const whole = rate(text, digits, offset);
  if (whole > 0) return [{ start: offset, end: offset + digits.length, confidence: whole }];
  const groups = [...digits.matchAll(/\d+/g)];
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first++) {
    const start = offset + groups[first]!.index;
    let found: Span | undefined;
    let next = first;
    for (let last = first; last < groups.length; last++) {
      const group = groups[last]!;
      const end = offset + group.index + group[0].length;
      if (group[0].length < MIN_GROUP_DIGITS || end - start > 2 * MAX_DIGITS) break;
      const confidence = rate(text, text.slice(start, end), start);
      if (confidence === 0) continue;
      found = { start, end, confidence };
      next = last;
    }
    if (found) spans.push(found);
    first = next;
  }
  return spans;
}

function rate(text: string, value: string, start: number): number {
  const digits = digitsOf(value);
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS || /^(\d)\1+$/.test(digits))
    return 0;
  const hasCue = hasCueBefore(text, start, cue);
  const network = networks.find(
    ({ prefix, lengths }) =>
      prefix.test(digits) && (lengths as readonly number[]).includes(digits.length),
  );
  if (isLuhn(digits) && (network || hasCue)) return hasCue ? 0.99 : 0.9;
  // Sixteen digits in fours beside "card" are a card with a typing error.
  return hasCue && /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/.test(value) ? 0.7 : 0;
}
