import { isEan13, isLuhn, isMod1110, isVerhoeff, weightedMod } from './checksums.ts';
import { hasCueBefore } from './cues.ts';
import { type Detector, digitsOf, matchSpans } from './finding.ts';

interface NumberSystem {
  readonly country: string;
  readonly pattern: RegExp;
  isValid(value: string): boolean;
  /** Without the word before it the shape alone would be a guess. */
  readonly cue?: RegExp;
}

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Numbers that states give to people, with their check digits where they have any. */
const systems: readonly NumberSystem[] = [
  {
    country: 'US social security',
    pattern:
      /(?<![\p{L}\p{N}-])(?!000|666)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\p{L}\p{N}-])/gu,
    isValid: () => true,
  },
  {
    country: 'US social security without separators',
    pattern: /(?<![\p{L}\p{N}-])(?!000|666|9)\d{9}(?![\p{L}\p{N}-])/gu,
    isValid: () => true,
    cue: /\b(?:ssn|social security)\b/i,
  },
  {
    country: 'GB national insurance',
    pattern:
      /(?<![\p{L}\p{N}])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu,
    isValid: () => true,
  },
  {
    country: 'GB health service',
    pattern: /(?<![\p{L}\p{N}-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => weightedMod(digitsOf(value), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11) === 0,
    cue: /\bnhs\b/i,
  },
  {
    country: 'DE tax',
    pattern: /(?<![\p{L}\p{N}-])[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => isMod1110(digitsOf(value)),
    cue: /\b(?:steuer\w*|idnr|tax(?:payer)? (?:id|number))\b/i,
  },
  {
    country: 'FR social security',
    pattern:
      /(?<![\p{L}\p{N}-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => {
      const compact = value.replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
      // key = 97 - (number mod 97)
      return 97 - (Number(compact.slice(0, 13)) % 97) === Number(compact.slice(13));
    },
  },
  {
    country: 'ES identity',
    pattern: /(?<![\p{L}\p{N}-])[XYZ]?-?\d{7,8}-?[A-HJ-NP-TV-Z](?![\p{L}\p{N}-])/gu,
    isValid: (value) => {
      const compact = value
        .replaceAll('-', '')
        .replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return compact.length === 9 && letters[Number(compact.slice(0, 8)) % 23] === compact.at(-1);
    },
  },
  {
    country: 'IT fiscal code',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\p{N}])/gu,
    isValid: () => true,
  },
  {
    country: 'NL citizen service',
    pattern: /(?<![\p{L}\p{N}-])\d{9}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => weightedMod(value, [9, 8, 7, 6, 5, 4, 3, 2, -1], 11) === 0,
    cue: /\b(?:bsn|burgerservicenummer|sofinummer)\b/i,
  },
  {
    country: 'BE national register',
    pattern: /(?<![\p{L}\p{N}-])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => {
      const digits = digitsOf(value);
      const check = Number(digits.slice(9));
      // Born after 1999: a 2 is put in front.
      return ['', '2'].some((lead) => 97 - (Number(lead + digits.slice(0, 9)) % 97) === check);
    },
  },
  {
    country: 'PL PESEL',
    pattern: /(?<![\p{L}\p{N}-])\d{11}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => weightedMod(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10) === 0,
    cue: /\bpesel\b/i,
  },
  {
    country: 'SE personal',
    pattern:
      /(?<![\p{L}\p{N}-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => isLuhn(digitsOf(value).slice(-10)),
  },
  {
    country: 'CH social security',
    pattern: /(?<![\p{L}\p{N}-])756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => isEan13(digitsOf(value)),
  },
  {
    country: 'BR CPF',
    pattern: /(?<![\p{L}\p{N}-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => {
      const digits = digitsOf(value);
      // check digit = (10 * weighted sum) mod 11, 10 read as 0
      const check = (weights: readonly number[]) =>
        ((weightedMod(digits, weights, 11) * 10) % 11) % 10;
      return (
        check([10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[9]) &&
        check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[10])
      );
    },
  },
  {
    country: 'IN Aadhaar',
    pattern: /(?<![\p{L}\p{N}-])[2-9]\d{3}[ -]\d{4}[ -]\d{4}(?![\p{L}\p{N}]|[ -]\d)/gu,
    isValid: (value) => isVerhoeff(digitsOf(value)),
  },
  {
    country: 'CN resident identity',
    pattern:
      /(?<![\p{L}\p{N}-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\p{L}\p{N}-])/gu,
    isValid: (value) =>
      '10X98765432'[
        weightedMod(value, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], 11)
      ] === value.at(-1)!.toUpperCase(),
  },
  {
    country: 'CA social insurance',
    pattern: /(?<![\p{L}\p{N}-])[1-9]\d{2}[ -]?\d{3}[ -]?\d{3}(?![\p{L}\p{N}-])/gu,
    isValid: (value) => isLuhn(digitsOf(value)),
    cue: /\b(?:sin|social insurance)\b/i,
  },
  {
    country: 'identity document',
    pattern:
      /(?<![\p{L}\p{N}-])(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,18}[A-Z0-9](?![\p{L}\p{N}-])/giu,
    isValid: () => true,
    cue: /(?:\bpassport|\bdriv(?:er'?s?|er’s|ing) licen[cs]e|\bidentity card|\bid card|\bnational id|\bpersonalausweis\w*|\breisepass\w*|\bpasseport|\bpasaporte|\btax (?:id|file number)|\btfn|\bmedicare)\b(?:\s(?:number|no\.?|nr\.?|#|is|ist|:))*\W{0,3}$/i,
  },
];

/** Numbers of identity, tax and social security of a score of countries. */
export const nationalId: Detector = {
  kind: 'national-id',
  find: (text) =>
    systems.flatMap(({ pattern, isValid, cue }) =>
      matchSpans(text, pattern, (value, start) =>
        (cue === undefined || hasCueBefore(text, start, cue)) && isValid(value) ? 0.9 : 0,
      ),
    ),
};
