import { expect, it } from 'vitest';
import { percent } from '../../../src/main/lib/percent.ts';

it.each([
  [0.029, '2.9 %'],
  [0.03, '3 %'],
  [1, '100 %'],
  [0.9999, '99.9 %'],
  [0, '0 %'],
])('%d is %s', (share, words) => {
  expect(percent(share)).toBe(words);
});
