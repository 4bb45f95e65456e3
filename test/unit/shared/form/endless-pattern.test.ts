import { describe, expect, test } from 'vitest';
import { isEndless } from '../../../../src/shared/domain/form/endless-pattern.ts';

describe('a pattern that may take for ever', () => {
  test.each([
    '^(\\w+\\s?)*$',
    '(a+)+',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(?:x*)*',
    '(?<word>[a-z]+){2,}',
    '([a-z]+[a-z])*',
    '(-[a-z-]+)*',
  ])('%s is one', (pattern) => {
    expect(isEndless(pattern)).toBe(true);
  });

  test.each([
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^([A-Z]+-)*\\d+$',
    '^(\\w+\\.)+com$',
    '^[\\w.+-]+@(?:[a-z0-9-]+\\.)+[a-z]{2,}$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^(?:\\d{3}){1,5}$',
    '(a|b)*',
    '[(+*)]+',
    '\\(a+\\)+',
    '^$',
    '',
  ])('%s is none', (pattern) => {
    expect(isEndless(pattern)).toBe(false);
  });
});
