import type { NormaliserTables } from './spec.ts';
import { tidy } from './tidy.ts';

type NumberTables = Pick<NormaliserTables, 'numbers' | 'multipliers' | 'ordinals'>;

/** Numbers, decimal point allowed, that a multiplier may follow; short enough to be exact. */
const digits = /^[0-9]{1,9}(?:\.[0-9]{1,4})?$/;

/** Larger numbers are not multiplied further: they would need an exponent. */
const MAX_MULTIPLIED = 1e9;

/**
 * A prepared surface with its number words as digits: "twenty third of march" becomes "23th of march", "two hundred and
 * five" 205, "2.5 million" 2500000. Words that do not add up stay apart: "nineteen eighty four" becomes "19 84".
 */
export function numberWordsToDigits(text: string, tables: NumberTables): string {
  const { numbers, multipliers, ordinals } = tables;
  const words = text.split(' ');
  const written: string[] = [];
  /** The number being put together: finished thousands, what is below them, and what may still be added. */
  let total = 0;
  let group: number | undefined;
  let room = 0;

  const flush = (suffix = '') => {
    if (group !== undefined) written.push(`${tidy(total + group)}${suffix}`);
    total = 0;
    group = undefined;
    room = 0;
  };

  for (const [i, word] of words.entries()) {
    const isOrdinal = Object.hasOwn(ordinals, word);
    const cardinal = isOrdinal ? ordinals[word]! : word;
    const next = words[i + 1] ?? '';
    if (Object.hasOwn(numbers, cardinal)) {
      const [value, roomAfter] = numbers[cardinal]!;
      if (group !== undefined && value > 0 && value < room) group += value;
      else {
        flush();
        group = value;
      }
      room = roomAfter;
    } else if (Object.hasOwn(multipliers, cardinal)) {
      if (group === undefined && /^an?$/.test(written.at(-1) ?? '')) {
        written.pop();
        group = 1;
      }
      if (group === undefined || group === 0 || group >= MAX_MULTIPLIED) {
        flush();
        written.push(word);
        continue;
      }
      const factor = multipliers[cardinal]!;
      // Hundreds stay in the group, since thousands may follow: "two hundred thousand".
      if (factor < 1000) group *= factor;
      else {
        total += group * factor;
        group = 0;
      }
      room = factor;
    } else if (word === 'and' && room >= 100 && Object.hasOwn(numbers, ordinals[next] ?? next)) {
      continue;
    } else {
      flush();
      if (digits.test(word) && Object.hasOwn(multipliers, next)) group = Number(word);
      else written.push(word);
      continue;
    }
    if (isOrdinal) flush('th');
  }
  flush();
  return written.join(' ');
}
