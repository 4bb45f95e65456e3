import type { Metric } from './metric.ts';
import { listGiven } from './reply-facts.ts';
import { resampleMean } from './resample.ts';

const LONGEST = 6;
const BETA = 2;

export const chrf: Metric = {
  title: 'chrF of the wording',
  kinds: ['rewrite'],
  better: 'higher',
  method:
    'Mean over the replies given of chrF2 against the reference: F2 of character 1- to 6-grams, spaces aside; for information, as the same may be said in other words; bootstrap of rows.',
  measure(scored) {
    const given = listGiven(scored);
    if (given.length === 0) return undefined;
    return resampleMean(
      Float64Array.from(given, ({ reply, reference }) => chrfOf(reply, reference)),
    );
  },
};

/**
 * chrF of a text against a reference, in [0, 1]: (1 + β²) P R / (β² P + R), with P and R the means of n-gram precision and
 * recall over those n that both texts have; β = 2.
 * @see Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015
 */
export function chrfOf(text: string, reference: string): number {
  const [own, wanted] = [text, reference].map((each) => [...each.replace(/\s+/gu, '')]) as [
    string[],
    string[],
  ];
  let [precision, recall, orders] = [0, 0, 0];
  for (let n = 1; n <= LONGEST; n++) {
    const [said, given] = [countGrams(own, n), countGrams(wanted, n)];
    if (said.total === 0 || given.total === 0) break;
    let common = 0;
    for (const [gram, count] of said.counts) common += Math.min(count, given.counts.get(gram) ?? 0);
    precision += common / said.total;
    recall += common / given.total;
    orders++;
  }
  if (precision === 0 || recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return ((1 + BETA ** 2) * p * r) / (BETA ** 2 * p + r);
}

function countGrams(characters: readonly string[], n: number) {
  const counts = new Map<string, number>();
  const total = Math.max(0, characters.length - n + 1);
  for (let i = 0; i < total; i++) {
    const gram = characters.slice(i, i + n).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return { counts, total };
}
