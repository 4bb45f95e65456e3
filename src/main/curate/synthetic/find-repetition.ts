import type { Example } from '../../store/examples.ts';
import { countOpenings, openingOf, wordsOf } from './diversity.ts';

const WORDS = 3;
const MIN_TRIPLES = 4;
/** So much of a text that other synthetic ones have, too, adds nothing. */
const MAX_REPEATED = 0.9;
/** Where real texts repeat each other so much, repetition is how people write here. */
const USUALLY_REPEATED = 0.5;
/** An opening is worn out when so many synthetic texts have it, and so many times the share of the real ones. */
const MIN_OPENING_ROWS = 5;
const MIN_OPENING_SHARE = 0.05;
const MIN_OPENING_RATIO = 5;

/** What a synthetic row repeats of the others, in sentences; none where nothing is worn out. */
export function createRepetitionJudge(
  synthetic: readonly Example[],
  real: readonly Example[],
): (example: Example) => readonly string[] {
  const made = countOpenings(synthetic);
  const own = countOpenings(real);
  const triplesOfMade = countTriples(synthetic);
  const triplesOfReal = countTriples(real);
  const usual = median(real.slice(0, 2_000).map((row) => repeatedShare(row, triplesOfReal) ?? 0));
  return (example) => {
    const reasons: string[] = [];
    const opening = openingOf(example.text);
    const count = opening === undefined ? 0 : (made.get(opening) ?? 0);
    const share = count / synthetic.length;
    const realShare = (own.get(opening ?? '') ?? 0) / Math.max(1, real.length);
    if (
      count >= Math.max(MIN_OPENING_ROWS, MIN_OPENING_SHARE * synthetic.length) &&
      share >= MIN_OPENING_RATIO * realShare
    )
      reasons.push(
        `${count} of ${synthetic.length} synthetic records begin with “${opening}”, ${own.get(opening!) ?? 0} of ${real.length} real ones.`,
      );
    const repeated = repeatedShare(example, triplesOfMade);
    if (repeated !== undefined && repeated >= MAX_REPEATED && usual < USUALLY_REPEATED)
      reasons.push(
        `${Math.round(100 * repeated)} % of its word sequences stand in other synthetic records, too.`,
      );
    return reasons;
  };
}

/** Rows of different parents that have each run of three words. */
function countTriples(rows: readonly Example[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of rows)
    for (const triple of new Set(triplesOf(text)))
      counts.set(triple, (counts.get(triple) ?? 0) + 1);
  return counts;
}

function repeatedShare({ text }: Example, counts: ReadonlyMap<string, number>): number | undefined {
  const triples = triplesOf(text);
  if (triples.length < MIN_TRIPLES) return undefined;
  return triples.filter((triple) => (counts.get(triple) ?? 0) >= 2).length / triples.length;
}

function triplesOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(WORDS - 1).map((_, i) => words.slice(i, i + WORDS).join(' '));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
