import type { Example } from '../../store/examples.ts';
import { countOpenings, openingOf, wordsOf } from './diversity.ts';

const WORDS = 3;
const MIN_TRIPLES = 4;
/** So much of a text that other synthetic ones have, too, adds nothing. */
const MAX_REPEATED = 0.9;
/** People repeat each other, too: synthetic texts must do so that many times as often. */
const MIN_REPEATED_RATIO = 3;
const SAMPLED = 2_000;
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
  const rate = (rows: readonly Example[], triples: ReadonlyMap<string, number>) => {
    const some = rows.slice(0, SAMPLED);
    const isRepeated = (row: Example) => (repeatedShare(row, triples) ?? 0) >= MAX_REPEATED;
    return some.filter(isRepeated).length / Math.max(1, some.length);
  };
  const isWorn = rate(synthetic, triplesOfMade) > MIN_REPEATED_RATIO * rate(real, triplesOfReal);
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
    if (repeated !== undefined && repeated >= MAX_REPEATED && isWorn)
      reasons.push(
        `${Math.round(100 * repeated)} % of its word sequences stand in other synthetic records, too.`,
      );
    return reasons;
  };
}

/** How many rows have each run of three words. */
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
