import type { Input } from '../../../shared/domain/prediction.ts';
import { createHaystack, findFolded } from '../align/find-literal.ts';
import { parseIsoDay } from '../normaliser/calendar.ts';
import { foldWithPlaces } from '../text/fold.ts';
import type { Fact } from './fact.ts';
import { findFacts } from './find-facts.ts';
import type { KnownFacts } from './known-facts.ts';
import { isSameFact } from './same-fact.ts';

export interface NewFacts {
  /** Of the output, and neither in the input nor known. */
  readonly invented: readonly Fact[];
  /** Of the text: those that the output states too, and those that it leaves out. */
  readonly kept: readonly Fact[];
  readonly dropped: readonly Fact[];
}

/**
 * Compares what an output states with what it was made from: the text, the turn before it, and the day that
 * "tomorrow" counts from. A fact may be written otherwise: "5th of May" is 2026-05-05 where the day is 2026's.
 */
export function findNewFacts(
  { text, context, referenceDate }: Input,
  output: string,
  known?: KnownFacts,
): NewFacts {
  const reference = referenceDate ? parseIsoDay(referenceDate) : undefined;
  const stated = findFacts(output);
  const own = findFacts(text);
  const before = context ? findFacts(context) : undefined;
  const sources = [...own.readings, ...(before?.readings ?? []), ...(reference ? today : [])];
  const haystack = createHaystack(context ? `${text}\n${context}` : text);
  const isInInput = (fact: Fact) =>
    sources.some((source) => isSameFact(fact, source, reference)) ||
    findFolded(haystack, foldWithPlaces(fact.surface).text).length > 0;
  const isStated = (fact: Fact) =>
    stated.readings.some((other) => isSameFact(fact, other, reference));
  return {
    invented: stated.facts.filter((fact) => !known?.has(fact) && !isInInput(fact)),
    kept: own.facts.filter(isStated),
    dropped: own.facts.filter((fact) => !isStated(fact)),
  };
}

/** The day on which the text was written was given, too. */
const today = findFacts('today').facts;
