import { binomialCdf } from './binomial.ts';

export interface McNemar {
  /** Rows that only the first got right, and only the second. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided exact p-value of "both are right equally often". */
  readonly pValue: number;
}

/**
 * McNemar's exact test on the same rows.
 * @see McNemar, Psychometrika 12, 1947; exact form: Binomial(discordant pairs, 1/2)
 */
export function mcnemar(first: readonly boolean[], second: readonly boolean[]): McNemar {
  let onlyFirst = 0;
  let onlySecond = 0;
  first.forEach((isRight, row) => {
    if (isRight && !second[row]) onlyFirst++;
    if (!isRight && second[row]) onlySecond++;
  });
  const discordant = onlyFirst + onlySecond;
  // p = min(1, 2 P(X <= min(b, c))), X ~ Bin(b + c, 1/2)
  const pValue =
    discordant === 0
      ? 1
      : Math.min(1, 2 * binomialCdf(Math.min(onlyFirst, onlySecond), discordant, 0.5));
  return { onlyFirst, onlySecond, pValue };
}
