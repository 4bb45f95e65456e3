/** Kinds of personal data, as they are named in findings and, in capitals, in placeholders. */
export type PersonalDataKind =
  | 'email'
  | 'phone'
  | 'iban'
  | 'card'
  | 'national-id'
  | 'ip'
  | 'url'
  | 'secret'
  | 'birth-date'
  | 'address'
  | 'name';

/** A piece of text that looks personal. Units: `start` and `end` in UTF-16 code units, end exclusive. */
export interface PersonalDataFinding {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** How sure, in (0, 1]: a checksum is near 1, a shape beside a telling word about 0.8. */
  readonly confidence: number;
  /** Worth showing to a person, too uncertain to act upon. */
  readonly isSuggestion: boolean;
}

/** What a detector gives: where in the text, and how sure. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

/** One way of finding one kind. To add one: a file beside this one and a line in `index.ts`. */
export interface Detector {
  readonly kind: PersonalDataKind;
  readonly isSuggestion?: boolean;
  /** Reads text after `simplify`, so digits and punctuation are ASCII. */
  find(text: string): Span[];
}

/** Spans of a global pattern whose match, or first group, passes `rate`: a confidence, or 0 to drop it. */
export function matchSpans(
  text: string,
  pattern: RegExp,
  rate: (value: string, start: number, end: number) => number,
): Span[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = match[1] ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    const end = start + value.length;
    const confidence = rate(value, start, end);
    return confidence > 0 ? [{ start, end, confidence }] : [];
  });
}

/** The digits of a text, nothing else. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
