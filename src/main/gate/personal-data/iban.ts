import { countrySpecs, isValidIBAN } from 'ibantools';
import { hasCueBefore } from './cues.ts';
import type { Detector, Span } from './finding.ts';

const start = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/gu;

/** International bank account numbers: the country's length and the check digits (ISO 13616). */
export const iban: Detector = {
  kind: 'iban',
  find(text) {
    const spans: Span[] = [];
    for (const match of text.matchAll(start)) {
      const length = countrySpecs[match[0].slice(0, 2).toUpperCase()]?.chars;
      if (!length) continue;
      const end = endOf(text, match.index, length);
      if (end === undefined) continue;
      const value = text.slice(match.index, end).replace(/[ -]/g, '').toUpperCase();
      if (isValidIBAN(value)) spans.push({ start: match.index, end, confidence: 0.99 });
      // A typing error is no reason to send the rest of it.
      else if (hasCueBefore(text, match.index, /\biban\b/i))
        spans.push({ start: match.index, end, confidence: 0.8 });
    }
    return spans;
  },
};

/** The end of `length` letters and digits that stand together or in groups. */
function endOf(text: string, from: number, length: number): number | undefined {
  let seen = 0;
  for (let i = from; i < text.length; i++) {
    if (/[A-Za-z0-9]/.test(text[i]!)) seen++;
    else if (!/[ -]/.test(text[i]!)) return undefined;
    if (seen === length) return /[\p{L}\p{N}]/u.test(text[i + 1] ?? '') ? undefined : i + 1;
  }
  return undefined;
}
