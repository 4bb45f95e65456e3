import { describe, expect, test } from 'vitest';
import { whyEndless } from '../../../../src/shared/domain/form/endless-pattern.ts';

describe('a pattern that may take for ever', () => {
  test.each([
    '^(\\w+\\s?)*$',
    '(a+)+',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(?:x*)*',
    '(?<word>[a-z]+){2,}',
    '([a-z]+[a-z])*',
    '(-[a-z-]+)*',
    '^(?:a?){999999999}$',
    '^(?:(a?){1000}){1000}$',
  ])('%s is one', (pattern) => {
    expect(whyEndless(pattern)).toBeDefined();
  });

  test.each([
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^([A-Z]+-)*\\d+$',
    '^(\\w+\\.)+com$',
    '^[\\w.+-]+@(?:[a-z0-9-]+\\.)+[a-z]{2,}$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^(?:\\d{3}){1,5}$',
    '(a|b)*',
    '^a{999999999}$',
    '^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$',
    '^(?:(?:ab){10}){100}$',
    '[(+*)]+',
    '\\(a+\\)+',
    '^$',
    '',
  ])('%s is none', (pattern) => {
    expect(whyEndless(pattern)).toBeUndefined();
  });
});
