import { expect, test } from 'vitest';
import {
  binomialCdf,
  clopperPearson,
  clopperPearsonUpper,
} from '../../../../src/main/lib/statistics/binomial.ts';
import { logGamma } from '../../../../src/main/lib/statistics/gamma.ts';
import {
  incompleteBeta,
  inverseIncompleteBeta,
} from '../../../../src/main/lib/statistics/incomplete-beta.ts';
import { normalQuantile } from '../../../../src/main/lib/statistics/normal.ts';
import { wilson } from '../../../../src/main/lib/statistics/wilson.ts';

test('ln Γ at points with closed forms', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
  expect(logGamma(101)).toBeCloseTo(363.7393755555635, 9); // ln 100!
});

test('the incomplete beta function against its polynomials', () => {
  expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 13);
  // I_x(5, 2) = x^5 (6 - 5x)
  expect(incompleteBeta(0.3, 5, 2)).toBeCloseTo(0.3 ** 5 * 4.5, 13);
  expect(incompleteBeta(0.999, 1, 5_000)).toBeCloseTo(1, 12);
});

test('its inverse undoes it, in the far tails too', () => {
  for (const a of [0.5, 1, 3, 50, 5_000])
    for (const b of [1, 2.5, 400, 100_000])
      for (const p of [1e-6, 0.025, 0.5, 0.95, 1 - 1e-6])
        expect(incompleteBeta(inverseIncompleteBeta(p, a, b), a, b)).toBeCloseTo(p, 9);
});

// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I:
// method 3 (score) and method 5 (Clopper-Pearson, exact).
const newcombe = [
  { k: 81, n: 263, score: [0.2553, 0.3662], exact: [0.2527, 0.3676] },
  { k: 15, n: 148, score: [0.0624, 0.1605], exact: [0.0578, 0.1617] },
  { k: 0, n: 20, score: [0, 0.1611], exact: [0, 0.1684] },
  { k: 1, n: 29, score: [0.0061, 0.1718], exact: [0.0009, 0.1776] },
] as const;

test.each(newcombe)("Wilson and Clopper-Pearson of $k of $n as in Newcombe's table", (row) => {
  const { low, high } = wilson(row.k, row.n);
  expect(low).toBeCloseTo(row.score[0], 4);
  expect(high).toBeCloseTo(row.score[1], 4);
  const exact = clopperPearson(row.k, row.n);
  expect(exact.low).toBeCloseTo(row.exact[0], 4);
  expect(exact.high).toBeCloseTo(row.exact[1], 4);
});

test('the one-sided upper bound of no errors is the rule of three made exact', () => {
  for (const n of [59, 299, 10_000])
    expect(clopperPearsonUpper(0, n, 0.95)).toBeCloseTo(1 - 0.05 ** (1 / n), 12);
  expect(clopperPearsonUpper(7, 7, 0.95)).toBe(1);
});

test('the binomial distribution by summing its terms', () => {
  let sum = 0;
  let term = 0.97 ** 50;
  for (let k = 0; k <= 4; k++) {
    sum += term;
    term *= ((50 - k) / (k + 1)) * (0.03 / 0.97);
  }
  expect(binomialCdf(4, 50, 0.03)).toBeCloseTo(sum, 12);
  expect(binomialCdf(-1, 50, 0.03)).toBe(0);
  expect(binomialCdf(50, 50, 0.03)).toBe(1);
});

test('normal quantiles as in every table', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
  expect(normalQuantile(0.05)).toBeCloseTo(-1.644853627, 7);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
});

test('nothing counted says nothing', () => {
  expect(wilson(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 1 });
});
