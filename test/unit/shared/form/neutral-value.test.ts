import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSchema } from '../../../../src/main/lib/json-schema.ts';
import { compileForm } from '../../../../src/shared/domain/form/compile-form.ts';
import { neutralValue } from '../../../../src/shared/domain/form/neutral-value.ts';
import { findShortestMatch } from '../../../../src/shared/domain/form/shortest-match.ts';
import { textFormats, typeFormats } from '../../../../src/shared/domain/form/text-formats.ts';
import { parseTask } from '../../../../src/shared/domain/task.ts';

const compile = (field: object, required: readonly string[] = ['it']) =>
  compileForm(
    parseTask({
      name: 'one',
      kind: 'extract',
      schema: { type: 'object', properties: { it: field }, required },
    }),
  );

describe('what stands for a missing value', () => {
  test.each([
    [{ type: 'string' }, ''],
    [{ type: 'string', minLength: 3 }, '---'],
    [{ type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }, 'AA-000'],
    [{ type: 'string', format: 'date' }, '0001-01-01'],
    [{ type: 'string', format: 'time' }, '00:00:00'],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'integer', maximum: -3 }, -3],
    [{ type: 'integer', exclusiveMinimum: 0 }, 1],
    [{ type: 'number', exclusiveMinimum: 0.1, exclusiveMaximum: 0.3 }, 0.2],
    [{ type: 'integer', minimum: 1, multipleOf: 5 }, 5],
    [{ type: 'number', minimum: 0.3, multipleOf: 0.1 }, 0.3],
    [{ type: 'number', minimum: 1.15, multipleOf: 0.05, maximum: 1.19 }, 1.15],
    [{ type: 'boolean' }, false],
    [{ enum: ['low', 'high'] }, 'low'],
    [{ type: ['string', 'null'] }, null],
    [{ type: 'array', items: { type: 'string' } }, []],
    [{ type: 'array', items: { type: 'string' }, minItems: 2 }, ['', '']],
    [{ type: 'array', items: { enum: [4, 2] }, minItems: 2, uniqueItems: true }, [4, 2]],
    [
      { type: 'array', items: { type: 'string', format: 'date' }, minItems: 2, uniqueItems: true },
      ['0001-01-01', '0001-01-02'],
    ],
  ])('of %j is %j', (field, value) => {
    expect(neutralValue(compile(field).slots[0]!)).toEqual(value);
  });

  test.each([
    [{ type: 'string', pattern: '^(?=x)y$' }],
    [{ type: 'integer', minimum: 3, maximum: 2 }],
    [{ type: 'array', items: { enum: [1] }, minItems: 2, uniqueItems: true }],
    [{ type: 'string', minLength: 1e9 }],
    [{ type: 'string', pattern: '^a{999999999}$' }],
    [{ type: 'string', pattern: `^a{1${'0'.repeat(400)}}$` }],
    [{ type: 'array', items: { type: 'string' }, minItems: 1e10 }],
    // There are some that none looked for: the words claim no more than that none was found.
    [
      {
        type: 'array',
        items: { type: 'string', pattern: '^A[0-9]$' },
        minItems: 2,
        uniqueItems: true,
      },
    ],
  ])('is not made up for %j, which is refused with its place', (field) => {
    expect(() => compile(field)).toThrow('/properties/it');
    expect(() => compile(field)).toThrow('fits its limits was found');
    // Nothing has to stand where nothing is required.
    expect(compile(field, []).slots).toHaveLength(1);
  });

  test.each([
    [{ if: { properties: { it: {} } } }, '"if"'],
    [{ minProperties: 1 }, '"minProperties"'],
    [{ dependentRequired: { it: ['other'] } }, '"dependentRequired"'],
  ])('would not help under %j', (condition, words) => {
    const schema = { type: 'object', properties: { it: { type: 'string' } }, ...condition };
    expect(() => compileForm(parseTask({ name: 'one', kind: 'extract', schema }))).toThrow(words);
  });
});

describe('patterns of formats', () => {
  const all = Object.entries({ ...typeFormats, ...textFormats }).map(
    ([format, own]) => [format, own!.pattern, own!.neutral] as const,
  );

  test.each(all)('of %s let through only what the validator does', (format, pattern, neutral) => {
    const validate = compileSchema({ type: 'string', format }, 'the format');
    const texts = fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 3, numRuns: 3_000 });
    expect(texts.filter((text) => validate(text).length > 0)).toEqual([]);
    expect(validate(neutral)).toEqual([]);
    expect(new RegExp(pattern, 'u').test(neutral)).toBe(true);
    expect(validate('no such thing!')).not.toEqual([]);
  });
});

test('the shortest text of a pattern matches it', () => {
  expect(findShortestMatch('^(?:ab|c)+[^-0]{2}\\.(?<tail>x?)y{1,3}$')).toBe('caa.y');
  expect(findShortestMatch('[')).toBeUndefined();
  expect(findShortestMatch('^a$b')).toBeUndefined();
  const patterns = fc.sample(
    fc.array(
      fc.constantFrom('a', '\\d', '[x-z]', '(?:b|cd)', '.', '\\.', 'e?', 'f+', 'g{2}', '\\w*'),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    { seed: 5, numRuns: 300 },
  );
  for (const parts of patterns) {
    const pattern = `^${parts.join('')}$`;
    expect([pattern, new RegExp(pattern, 'u').test(findShortestMatch(pattern)!)]).toEqual([
      pattern,
      true,
    ]);
  }
});
