import type { Review } from '../store/reviews.ts';

export interface Agreement {
  /** Records that two people judged. */
  readonly pairs: number;
  /** Share of them with the same outcome; null without pairs. */
  readonly agreement: number | null;
  /** Cohen's kappa; null without pairs or when chance alone would always agree. */
  readonly kappa: number | null;
  readonly disagreements: readonly number[];
}

const REJECTED = 'rejected';

/**
 * How far reviewers agree, over all records that two of them judged (each one's last word):
 * kappa = (p_o - p_e) / (1 - p_e), with p_e from each side's shares of outcomes.
 * @see Cohen, "A coefficient of agreement for nominal scales", 1960
 */
export function agreement(reviews: readonly Review[]): Agreement {
  const byExample = new Map<number, Map<string, string>>();
  for (const { exampleId, reviewer, verdict, outputJson } of reviews) {
    if (verdict === 'skip') continue;
    const outcomes = byExample.get(exampleId) ?? new Map<string, string>();
    outcomes.delete(reviewer);
    outcomes.set(reviewer, verdict === 'reject' ? REJECTED : (outputJson ?? REJECTED));
    byExample.set(exampleId, outcomes);
  }
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  const disagreements: number[] = [];
  let pairs = 0;
  for (const [exampleId, outcomes] of byExample) {
    if (outcomes.size < 2) continue;
    // The reviewers in order of name, so that each side of the table is the same person where two work together.
    const [a, b] = [...outcomes].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, outcome]) => outcome);
    pairs++;
    first.set(a!, (first.get(a!) ?? 0) + 1);
    second.set(b!, (second.get(b!) ?? 0) + 1);
    if (a !== b) disagreements.push(exampleId);
  }
  if (pairs === 0) return { pairs, agreement: null, kappa: null, disagreements };
  const observed = 1 - disagreements.length / pairs;
  let expected = 0;
  for (const [outcome, count] of first)
    expected += (count / pairs) * ((second.get(outcome) ?? 0) / pairs);
  const kappa = expected === 1 ? null : (observed - expected) / (1 - expected);
  return { pairs, agreement: observed, kappa, disagreements };
}
