import { describe, expect, test } from 'vitest';
import { createOutputValidator } from '../../../src/main/lib/output-validity.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const classify = parseTask({ name: 't', kind: 'classify', labels: ['a', 'b'], noAnswerLabel: '-' });
const extract = parseTask({
  name: 't',
  kind: 'extract',
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { day: { type: 'string', format: 'date' }, kind: { enum: ['x', 'y'] } },
    required: ['day'],
    additionalProperties: false,
  },
});
const tools = parseTask({
  name: 't',
  kind: 'tools',
  tools: [
    {
      type: 'function',
      function: {
        name: 'book',
        parameters: {
          type: 'dict',
          properties: {
            seats: { type: 'integer' },
            type: { type: 'array', items: { type: 'str' } },
          },
          required: ['seats'],
        },
      },
    },
    { name: 'ping' },
  ],
});
const rewrite = parseTask({ name: 't', kind: 'rewrite' });

describe('outputs that fit', () => {
  test.each<[Json, Parameters<typeof createOutputValidator>[0]]>([
    ['a', classify],
    ['-', classify],
    [{ day: '2026-02-28' }, extract],
    [null, tools],
    [{ name: 'book', arguments: { seats: 2, type: ['x'] } }, tools],
    [{ name: 'ping', arguments: {} }, tools],
    ['some text', rewrite],
  ])('%j', (output, task) => {
    expect(createOutputValidator(task)(output)).toEqual([]);
  });
});

describe('outputs that do not fit say why', () => {
  test.each<[Json, Parameters<typeof createOutputValidator>[0], RegExp]>([
    ['c', classify, /"c" is not one of/],
    [1, classify, /as a string/],
    [null, classify, /as a string/],
    [{}, extract, /required property 'day'/],
    [{ day: '2026-02-30' }, extract, /day must match format "date"/],
    [{ day: '2026-02-28', kind: 'z' }, extract, /kind must be one of \["x","y"\]/],
    [{ day: '2026-02-28', more: 1 }, extract, /must not have "more"/],
    ['{"day":"2026-02-28"}', extract, /must be object/],
    [{ name: 'fly', arguments: {} }, tools, /"fly" is not one of the task's tools/],
    [{ name: 'toString', arguments: {} }, tools, /not one of/],
    [{ name: 'book', arguments: { seats: 'two' } }, tools, /seats must be integer/],
    [{ name: 'book', arguments: { seats: 2, when: 'now' } }, tools, /"when" is not an argument/],
    [{ name: 'book', arguments: [] }, tools, /"arguments" must be an object/],
    [{ name: 'book' }, tools, /"arguments" must be an object/],
    [[{ name: 'ping', arguments: {} }], tools, /or null for no call/],
    ['  ', rewrite, /not empty/],
  ])('%j', (output, task, reason) => {
    expect(createOutputValidator(task)(output).join('; ')).toMatch(reason);
  });
});

test('a schema that cannot be compiled is an error of the task, and nothing is fetched for it', () => {
  const broken = parseTask({ name: 't', kind: 'extract', schema: { type: 'objekt' } });
  expect(() => createOutputValidator(broken)).toThrow(/JSON Schema of the task is not usable/);
  const remote = parseTask({
    name: 't',
    kind: 'extract',
    schema: { $ref: 'https://example.org/schema.json' },
  });
  expect(() => createOutputValidator(remote)).toThrow(/not usable/);
});

test('a time may be said without seconds and offset, as people do; a time that there is not may not', () => {
  const validate = createOutputValidator(
    parseTask({
      name: 't',
      kind: 'extract',
      schema: {
        type: 'object',
        properties: {
          at: { type: 'string', format: 'time' },
          on: { type: 'string', format: 'date-time' },
        },
      },
    }),
  );
  for (const at of ['19:00', '19:00:30', '19:00:30Z', '19:00+02:00'])
    expect(validate({ at }), at).toEqual([]);
  for (const on of ['2027-03-01T19:00', '2027-03-01 19:00:30', '2027-03-01T19:00:30Z'])
    expect(validate({ on }), on).toEqual([]);
  for (const at of ['25:00', '19:61', 'seven', '7pm']) expect(validate({ at }), at).toHaveLength(1);
  for (const on of ['2027-02-30T19:00', '19:00', '2027-03-01'])
    expect(validate({ on }), on).toHaveLength(1);
});
