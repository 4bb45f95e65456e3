import { dateMatcher, numberMatcher, possibleDays, timeMatcher } from '../align/match-value.ts';
import type { Day } from '../normaliser/calendar.ts';
import type { Reading } from '../normaliser/reader.ts';
import { resolveNumber } from '../normaliser/resolve-number.ts';
import { resolveTime } from '../normaliser/resolve-time.ts';
import { tables } from '../tables/tables.ts';
import type { Fact } from './fact.ts';

/** Of two codes where one is the end of the other, so many characters are enough: "02532" of "T-02532". */
const MIN_SHARED = 4;

/**
 * Whether a fact may mean what a source states. `reference` is the day that "tomorrow" counts from. The site of a page
 * that the source names is no new address; a page of its site is.
 */
export function isSameFact(fact: Fact, source: Fact, reference: Day | undefined): boolean {
  if (fact.kind === 'code' || source.kind === 'code') return isSameCode(fact, source);
  if (fact.kind !== source.kind) return false;
  if (fact.key === source.key) return true;
  if (fact.kind === 'url') return source.key.startsWith(`${fact.key}/`);
  if (!fact.reading || !source.reading) return false;
  return mayMean(fact, source.reading, reference) || mayMean(source, fact.reading, reference);
}

/** "Ending in 1111" names a card though 1111 alone is a number, and 1.234,56 is 1,234.56. */
function isSameCode(...facts: readonly [Fact, Fact]): boolean {
  if (!facts.every(({ kind }) => kind === 'code' || kind === 'number')) return false;
  const [a, b] = facts.map(({ kind, key }) =>
    kind === 'number' ? key.split(' ')[0]!.replace(/\D/g, '') : key,
  ) as [string, string];
  return a === b || isEndOf(a, b) || isEndOf(b, a);
}

const isEndOf = (part: string, whole: string) => part.length >= MIN_SHARED && whole.endsWith(part);

function mayMean({ kind, reading }: Fact, other: Reading, reference: Day | undefined): boolean {
  const { parts } = reading!;
  if (kind === 'date') {
    if (!reference && isSameWording(parts, other.parts)) return true;
    return dateMatcher(possibleDays(reading!, reference))(other, reference);
  }
  if (kind === 'time') {
    const time = resolveTime(parts, tables, { afternoonBelow: 0 });
    return time !== undefined && timeMatcher(time)(other, reference);
  }
  const quantity = resolveNumber(parts, tables);
  return quantity !== undefined && numberMatcher(quantity.number, quantity.unit)(other, reference);
}

/** "This Friday" and "Friday" are equal as long as nobody knows what day it is. */
function isSameWording(a: Reading['parts'], b: Reading['parts']): boolean {
  const named = (['w', 'r'] as const).filter((part) => a[part] ?? b[part]);
  return named.length > 0 && named.every((part) => a[part] === b[part]);
}
