import { describe, expect, test } from 'vitest';
import { toSql } from '../../../src/main/store/filter-sql.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';

describe('parseFilter', () => {
  test.each([
    ['all', { kind: 'all' }],
    ['*', { kind: 'all' }],
    ['source=may.csv', { kind: 'compare', field: 'source', operator: '=', values: ['may.csv'] }],
    [
      "text ~ 'lost card'",
      { kind: 'compare', field: 'text', operator: '~', values: ['lost card'] },
    ],
    [
      'label IN (a, "b c")',
      { kind: 'compare', field: 'label', operator: 'in', values: ['a', 'b c'] },
    ],
    [
      'meta.amount >= 20',
      { kind: 'compare', field: 'meta.amount', operator: '>=', values: ['20'] },
    ],
    [
      '"meta.received at" ~ 2026-05',
      { kind: 'compare', field: 'meta.received at', operator: '~', values: ['2026-05'] },
    ],
  ])('reads %s', (source, expected) => {
    expect(parseFilter(source)).toEqual(expected);
  });

  test('binds "and" before "or", and parentheses before both', () => {
    const source = 'consent=private or split=train and not (origin=real or id=7)';
    const filter = parseFilter(source);
    expect(filter.kind).toBe('or');
    expect(filter.kind === 'or' && filter.parts[1]!.kind).toBe('and');
  });

  test.each([
    ['not '.repeat(20_000).concat('all'), /deep at most/],
    [`${'('.repeat(5_000)}all${')'.repeat(5_000)}`, /deep at most/],
    [Array(20_000).fill('id = 1').join(' or '), /more than 10000 comparisons/],
  ])('refuses one that nobody wrote by hand in a sentence: %.20s', (source, words) => {
    const refusal = expect.objectContaining({ code: 'app.usage' });
    expect(() => parseFilter(source)).toThrow(refusal);
    expect(() => parseFilter(source)).toThrow(words);
  });

  test.each([
    '',
    'colour=red',
    'text',
    'text ~',
    'label in a',
    '(id=1',
    'id=1 id=2',
    'id=1 and',
    'id = "open',
    'id=1; drop',
  ])('refuses %j with the grammar', (source) => {
    expect(() => parseFilter(source)).toThrow(/Fields: id, text/);
  });
});

test('values are bound, never spliced into SQL', () => {
  const { sql, values } = toSql(
    parseFilter(`text = "x' OR 1=1 --" or meta."a b" = 1 or id=2`.replace('meta."a b"', 'meta.ab')),
  );
  expect(sql).not.toContain('1=1');
  expect(values).toEqual(["x' OR 1=1 --", '$."ab"', '1', '2']);
});
