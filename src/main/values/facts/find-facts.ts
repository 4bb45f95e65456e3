import { findExpressions } from '../align/expressions.ts';
import { createReader } from '../normaliser/reader.ts';
import { resolveNumber } from '../normaliser/resolve-number.ts';
import { tables } from '../tables/tables.ts';
import { fold } from '../text/fold.ts';
import type { Fact } from './fact.ts';
import { findLiterals, literalKinds, otherDigits } from './literal-facts.ts';

const reader = createReader(tables);

/** Ways of speaking that state no fact, and the numbers of a list's items. */
const figurative = /(?<![\p{L}\p{N}])24\/7(?![\p{L}\p{N}])|^[ \t]*[0-9]{1,2}[.)](?= )/gmu;
const readingKinds = ['date', 'time', 'number'] as const;
const hasDigit = /[0-9]/;

/** A text's facts, and all that it might state. */
export interface TextFacts {
  /** In the order of the text; none lies within another. */
  readonly facts: readonly Fact[];
  /** However the text is read: "the 5" as a day, "5" of "5th of May" as a number. */
  readonly readings: readonly Fact[];
}

/** Every fact that a text states. */
export function findFacts(text: string): TextFacts {
  const taken = new Uint8Array(text.length);
  for (const { 0: match, index } of text.matchAll(figurative))
    taken.fill(1, index, index + match.length);
  const facts: Fact[] = [];
  const take = (found: readonly Fact[]) => {
    for (const fact of found) {
      if (taken.subarray(fact.start, fact.end).includes(1)) continue;
      taken.fill(1, fact.start, fact.end);
      facts.push(fact);
    }
  };
  const hasDigits = hasDigit.test(text);
  for (const literal of literalKinds) {
    if (literal.kind === 'code' && !hasDigits) continue;
    const found = findLiterals(text, literal);
    take(literal.kind === 'code' ? found.filter(isNoExpression) : found);
  }
  const [dates, times, numbers] = readingKinds.map((kind) => findRead(text, kind)) as Fact[][];
  take(dates!.filter(isDated));
  take(times!.filter((time) => !time.reading!.isWeak && !isPriced(text, time)));
  take(numbers!.filter(isCounted));
  if (hasDigits) take(findLiterals(text, otherDigits));
  facts.sort((a, b) => a.start - b.start);
  return { facts, readings: [...facts, ...dates!, ...times!, ...numbers!] };
}

/** What reads as a date, a time or a number, weak readings too. */
function findRead(text: string, kind: (typeof readingKinds)[number]): Fact[] {
  // 2019-03-08T11:30, of the same length
  const parted = text.replace(/(?<=-[0-9]{2})T(?=[0-9]{2}:)/g, ' ');
  return findExpressions(parted, kind, reader).map(({ start, end, reading }) => {
    const surface = text.slice(start, end);
    return { kind, start, end, surface, reading, key: keyOf(kind, surface, reading) };
  });
}

function keyOf(kind: string, surface: string, reading: NonNullable<Fact['reading']>): string {
  const quantity = kind === 'number' ? resolveNumber(reading.parts, tables) : undefined;
  return quantity ? `${quantity.number} ${quantity.unit ?? ''}`.trim() : fold(surface);
}

/** "5pm", "3kg", "2nd" and "2026-05-08 14" have digits beside letters or in groups, too. */
function isNoExpression({ surface }: Fact): boolean {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(surface) || /^[0-9]+(?:st|nd|rd|th)$/i.test(surface))
    return false;
  if (/^[0-9]+$/.test(surface)) return true;
  return readingKinds.every((kind) => !reader.read(kind, surface));
}

/** "The second" is seldom a day, and "within 5 days" is a number first. */
function isDated({ surface, reading }: Fact): boolean {
  const { d, m, u } = reading!.parts;
  const isBareDay = d !== undefined && m === undefined;
  return !reading!.isWeak && u === undefined && (!isBareDay || hasDigit.test(surface));
}

/** "£20.00" and "3,50 EUR" have the form of a time. */
const isPriced = (text: string, { start, end }: Fact) =>
  /[$€£¥₹] ?$/.test(text.slice(0, start)) ||
  /^\s?(?:[$€£¥₹]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)(?!\p{L}))/iu.test(text.slice(end));

/** "One of us", "just a second" and "first" count nothing. */
function isCounted({ surface, reading }: Fact): boolean {
  if (hasDigit.test(surface)) return true;
  return !reading!.isWeak && resolveNumber(reading!.parts, tables)?.number !== 1;
}
