import { describe, expect, test } from 'vitest';
import { anthropic, readMessage } from '../../../src/main/teach/providers/anthropic.ts';
import { closeSchema } from '../../../src/main/teach/providers/close-schema.ts';
import { TeacherError } from '../../../src/main/teach/teacher-error.ts';

test('the version may stand in the address or not', () => {
  for (const base of ['https://x.org', 'https://x.org/', 'https://x.org/v1', 'https://x.org/v1/'])
    expect(anthropic.url(base)).toBe('https://x.org/v1/messages');
  expect(anthropic.url('https://x.org/gateway')).toBe('https://x.org/gateway/v1/messages');
});

test.each([
  ['claude-3-5-haiku-latest', true],
  ['claude-opus-4-20250514', true],
  ['claude-opus-4-1-20250805', true],
  ['claude-sonnet-4-5', true],
  ['anthropic/claude-sonnet-4-6', true],
  ['claude-opus-4-7', false],
  ['claude-opus-4-8', false],
  ['claude-opus-5', false],
  ['claude-haiku-5-5', false],
  ['claude-of-the-future', false],
  ['qwen3:8b', true],
])('%s takes a temperature: %s', (model, takesTemperature) => {
  const { hasTemperature, hasEffort } = anthropic.dialect(model);
  expect(hasTemperature).toBe(takesTemperature);
  // Only later Claude models are told to think little.
  expect(hasEffort).toBe(!takesTemperature);
});

test('a server that knows no output_config at all is asked without any', () => {
  const error = new TeacherError('reject', '400: output_config: extra inputs are not permitted', {
    status: 400,
  });
  let dialect = anthropic.dialect('claude-haiku-5-5');
  for (let i = 0; i < 2; i++) dialect = anthropic.relax(dialect, error)!;
  expect(dialect).toMatchObject({ hasSchema: false, hasEffort: false });
  expect(anthropic.relax(dialect, error)).toBeUndefined();
});

test('what is no message is refused', () => {
  for (const value of [null, {}, { content: 'words' }, []])
    expect(() => readMessage(value)).toThrow(/no message/);
});

describe('a schema', () => {
  test('is closed, and loses the keywords that are not known', () => {
    expect(
      closeSchema({
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, description: 'of a person' },
          day: { type: 'string', format: 'date' },
          phone: { type: ['string', 'null'], format: 'phone', pattern: '^\\d+$' },
          size: { enum: ['s', 'm', null] },
          parts: {
            type: 'array',
            minItems: 2,
            items: { type: 'object', properties: { n: { type: 'integer', maximum: 9 } } },
          },
        },
        required: ['name'],
      }),
    ).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', description: 'of a person' },
        day: { type: 'string', format: 'date' },
        phone: { type: ['string', 'null'] },
        size: { enum: ['s', 'm', null] },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: { n: { type: 'integer' } },
            additionalProperties: false,
          },
        },
      },
      required: ['name'],
      additionalProperties: false,
    });
  });

  test('with choices and references keeps them', () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/a' } },
      additionalProperties: false,
      $defs: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    };
    expect(closeSchema(schema)).toEqual(schema);
  });

  test.each([
    ['an object of any names', { type: 'object' }],
    [
      'named by others',
      { type: 'object', properties: { a: {} }, additionalProperties: { type: 'string' } },
    ],
    ['a value of any form', { type: 'object', properties: { a: {} } }],
    ['a list of anything', { type: 'array' }],
    ['an intersection', { type: 'object', properties: {}, allOf: [{ type: 'object' }] }],
  ])('that cannot be told is left out: %s', (_, schema) => {
    expect(closeSchema(schema)).toBeUndefined();
  });
});
