import type { Fact, FactKind } from './fact.ts';

interface LiteralKind {
  readonly kind: FactKind;
  readonly pattern: RegExp;
  /** What two ways to write the same have in common. */
  toKey(surface: string): string;
}

const squash = (surface: string) => surface.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Domains that are told from a full stop without a space behind it. */
const domain =
  '(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\\.)+(?:com|org|net|edu|gov|io|app|dev|info|eu|co\\.uk|de|fr|nl|ch)(?![-a-z0-9])';

/** In the order in which they are found; what one kind has taken is no other's. */
export const literalKinds: readonly LiteralKind[] = [
  {
    kind: 'email',
    pattern: /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g,
    toKey: (surface) => surface.toLowerCase(),
  },
  {
    kind: 'url',
    pattern: new RegExp(
      `(?:https?://|(?<![a-z0-9.])www\\.)[^\\s<>"'()\\[\\]{}]+|(?<![a-z0-9@.-])${domain}(?:/[^\\s<>"'()\\[\\]{}]*)?`,
      'gi',
    ),
    toKey: (surface) =>
      surface
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/^www\./, '')
        .replace(/\/$/, ''),
  },
  {
    kind: 'code',
    pattern: new RegExp(
      [
        // An account as the bank writes it, in groups: DE89 3704 0044 0532 0130 00
        '(?<![\\p{L}\\p{N}])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\\p{L}\\p{N}])',
        // A telephone or card number: nine digits or more in groups
        '(?<![\\p{L}\\p{N}])[+(]?[0-9](?:[-(). ]{0,2}[0-9]){8,18}(?![\\p{L}\\p{N}])',
        // Letters and digits in one word: AB-12/7, T-02532, v2.0.1
        '(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-_/])(?=[-_/\\p{L}]*[0-9])(?=[-_/.0-9]*\\p{L})[\\p{L}\\p{N}]+(?:(?:[-_/]|(?<=[0-9])\\.(?=[0-9]))[\\p{L}\\p{N}]+)*(?![\\p{L}\\p{N}])',
        // Digits that count nothing: five or more without a separator, or with a zero first
        '(?<![\\p{L}\\p{N}.,])(?:[0-9]{5,}|0[0-9]{2,})(?![\\p{L}\\p{N}]|[.,][0-9])',
      ].join('|'),
      'gu',
    ),
    toKey: squash,
  },
];

/** Digits that read as nothing else: 192.168.1.1, and 1.234,56 where it is no English number. */
export const otherDigits: LiteralKind = {
  kind: 'code',
  pattern: /[0-9]+(?:[-.,:/'][0-9]+)*/g,
  toKey: squash,
};

/** Punctuation that ends the sentence and not the address. */
const tail = /[.,;:!?…]+$/;

/** The places of one literal kind. */
export function findLiterals(text: string, { kind, pattern, toKey }: LiteralKind): Fact[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, index }) => {
    const surface = match.replace(tail, '');
    return { kind, surface, key: toKey(surface), start: index, end: index + surface.length };
  });
}
