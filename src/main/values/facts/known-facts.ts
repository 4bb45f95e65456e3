import type { Fact } from './fact.ts';
import { findFacts } from './find-facts.ts';
import { isSameFact } from './same-fact.ts';

/** Facts that need no source, such as a house's own telephone number. */
export interface KnownFacts {
  has(fact: Fact): boolean;
}

/** What stands in so many outputs, and in such a share of them, is the house's: capped, as houses have many replies. */
const MIN_OUTPUTS = 3;
const MIN_SHARE = 0.01;
const ENOUGH_OUTPUTS = 20;

/** Names a fact, to be kept with a student. */
const idOf = ({ kind, key }: Fact) => `${kind} ${key}`;

/** The ids of those facts that many outputs state though their inputs do not. Shapes: `invented` [N], one list an output. */
export function findConstantFacts(invented: readonly (readonly Fact[])[]): string[] {
  const counts = new Map<string, number>();
  for (const facts of invented)
    for (const id of new Set(facts.map(idOf))) counts.set(id, (counts.get(id) ?? 0) + 1);
  const enough = Math.max(MIN_OUTPUTS, Math.min(ENOUGH_OUTPUTS, MIN_SHARE * invented.length));
  return [...counts]
    .filter(([, count]) => count >= enough)
    .map(([id]) => id)
    .sort();
}

/** Facts that are known by their ids, or from a text such as the instructions of the task. */
export function createKnownFacts({
  constant = [],
  text = '',
}: {
  readonly constant?: readonly string[];
  readonly text?: string;
}): KnownFacts {
  const ids = new Set(constant);
  const { facts } = findFacts(text);
  return {
    has: (fact) => ids.has(idOf(fact)) || facts.some((other) => isSameFact(fact, other, undefined)),
  };
}
