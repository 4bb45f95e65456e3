import type { ClassFigures, ConfusedPair } from '../../shared/contract/evaluate.ts';
import { wilson } from '../lib/statistics/wilson.ts';
import type { Scored } from './scored.ts';

/** Counts of (right label, answered label) over all rows. */
export function confusionPairs({ gold, answers }: Scored): ConfusedPair[] {
  const totals = new Map<string, number>();
  const pairs = new Map<string, { given: string; answered: string; n: number }>();
  gold.forEach((given, row) => {
    totals.set(given, (totals.get(given) ?? 0) + 1);
    const answered = answers[row]!.key;
    const pair = pairs.get(`${given}\n${answered}`) ?? { given, answered, n: 0 };
    pair.n++;
    pairs.set(`${given}\n${answered}`, pair);
  });
  return [...pairs.values()]
    .map((pair) => ({
      ...pair,
      given: toName(pair.given),
      answered: toName(pair.answered),
      share: pair.n / totals.get(pair.given)!,
    }))
    .sort((a, b) => b.n - a.n);
}

/** Precision, recall and F1 of each label that occurs, the most frequent first. */
export function classFigures({ gold, answers }: Scored): ClassFigures[] {
  const counts = new Map<string, { given: number; answered: number; right: number }>();
  const countOf = (key: string) => {
    const known = counts.get(key) ?? { given: 0, answered: 0, right: 0 };
    counts.set(key, known);
    return known;
  };
  gold.forEach((given, row) => {
    const { key } = answers[row]!;
    countOf(given).given++;
    countOf(key).answered++;
    if (key === given) countOf(given).right++;
  });
  return [...counts]
    .map(([key, { given, answered, right }]) => ({
      label: toName(key),
      n: given,
      precision: answered === 0 ? null : wilson(right, answered),
      recall: given === 0 ? null : wilson(right, given),
      f1: (2 * right) / (given + answered),
    }))
    .sort((a, b) => b.n - a.n);
}

/** A label as people know it, without the quotes of JSON. */
export function toName(key: string): string {
  if (key === 'null') return '(no call)';
  return key.startsWith('"') ? String(JSON.parse(key)) : key;
}
