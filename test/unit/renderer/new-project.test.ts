import { describe, expect, test } from 'vitest';
import { checkDraft } from '../../../src/renderer/screens/start/new-project/check-draft.ts';
import {
  type FieldDraft,
  newDraft,
  newField,
  type TaskDraft,
} from '../../../src/renderer/screens/start/new-project/draft.ts';

const check = (part: Partial<TaskDraft>) => checkDraft({ ...newDraft(), name: 'desk', ...part });
const field = (part: Partial<FieldDraft>): FieldDraft => ({ ...newField(), ...part });
const form = (part: Partial<TaskDraft>) => {
  const checked = check(part);
  if (checked.state !== 'ready') throw new Error(JSON.stringify(checked));
  return checked.form!;
};

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, nights: { type: 'integer', unit: 'nights' } },
  required: ['city'],
};
const tool = { type: 'function', function: { name: 'book', parameters: schema } };

describe('a form built by rows', () => {
  test('every kind of row becomes a slot of its type', () => {
    const fields = [
      field({ name: 'guest', isRequired: true }),
      field({ name: 'nights', kind: 'whole', unit: 'nights' }),
      field({ name: 'price', kind: 'number' }),
      field({ name: 'breakfast', kind: 'yesNo' }),
      field({ name: 'from', kind: 'date' }),
      field({ name: 'arrival', kind: 'time' }),
      field({ name: 'room', kind: 'choice', choices: 'single, double' }),
      field({ name: 'extras', kind: 'choices', choices: 'cot\nparking' }),
      field({ name: 'names', kind: 'texts' }),
      field({ name: ' ' }),
    ];
    const { slots, frames } = form({ kind: 'extract', fields });
    expect(slots.map(({ name, type, isList }) => [name, type, isList])).toEqual([
      ['guest', 'string', false],
      ['nights', 'integer', false],
      ['price', 'number', false],
      ['breakfast', 'boolean', false],
      ['from', 'date', false],
      ['arrival', 'time', false],
      ['room', 'enum', false],
      ['extras', 'enum', true],
      ['names', 'string', true],
    ]);
    expect(slots[1]?.unit).toBe('nights');
    expect(slots[7]?.choices).toEqual(['cot', 'parking']);
    expect(frames[0]?.required).toEqual([0]);
  });

  test('what is not filled in yet is said, and what contradicts itself', () => {
    expect(check({ kind: 'extract' })).toMatchObject({ state: 'incomplete' });
    const choice = field({ name: 'room', kind: 'choice' });
    expect(check({ kind: 'extract', fields: [choice] })).toMatchObject({
      state: 'wrong',
      problem: '"room" has no choices yet',
    });
    const twice = [field({ name: 'a' }), field({ name: 'a ' })];
    expect(check({ kind: 'extract', fields: twice })).toMatchObject({ state: 'wrong' });
  });

  test('functions by rows', () => {
    const functions = [
      { key: 1, name: 'book', description: 'Books.', fields: [field({ name: 'city' })] },
      { key: 2, name: 'cancel', description: '', fields: [field({ name: 'number' })] },
    ];
    const { frames, hasNone } = form({ kind: 'tools', functions });
    expect(frames.map(({ name, description }) => [name, description])).toEqual([
      ['book', 'Books.'],
      ['cancel', ''],
    ]);
    expect(hasNone).toBe(true);
  });
});

describe('a definition that was pasted', () => {
  const pasted = (value: unknown, kind: 'extract' | 'tools') =>
    check({
      kind,
      way: 'text',
      schemaText: JSON.stringify(value),
      toolsText: JSON.stringify(value),
    });

  test.each([
    ['alone', schema],
    ['named, as providers ask for it', { name: 'stay', schema, strict: true }],
    ['as a format', { type: 'json_schema', json_schema: { name: 'stay', schema } }],
    [
      'in a whole request',
      {
        model: 'm',
        response_format: { type: 'json_schema', json_schema: { name: 'stay', schema } },
      },
    ],
  ])('a JSON Schema %s', (_, value) => {
    expect(pasted(value, 'extract')).toMatchObject({
      state: 'ready',
      form: { slots: [{ name: 'city' }, { name: 'nights' }] },
    });
  });

  test.each([
    ['as a list', [tool]],
    ['alone', tool],
    ['flat', [{ type: 'function', name: 'book', parameters: schema }]],
    ['in a whole request', { model: 'm', messages: [], tools: [tool] }],
  ])('function definitions %s', (_, value) => {
    expect(pasted(value, 'tools')).toMatchObject({
      state: 'ready',
      form: { frames: [{ name: 'book' }], hasNone: true },
    });
  });

  test('what cannot be learnt is named with its place', () => {
    const open = { type: 'object', properties: { guest: { type: 'object' } } };
    expect(pasted(open, 'extract')).toMatchObject({
      state: 'wrong',
      place: '/properties/guest',
      problem: 'an object without named properties',
    });
    const within = { ...tool, function: { ...tool.function, parameters: open } };
    expect(pasted([tool, within], 'tools')).toMatchObject({
      state: 'wrong',
      place: '/properties/guest of the tool "book"',
    });
  });

  test('no JSON, no fields, two functions of one name', () => {
    expect(check({ kind: 'extract', way: 'text', schemaText: '{"type": ' })).toMatchObject({
      state: 'wrong',
      problem: expect.stringMatching(/^This is not JSON/),
    });
    expect(pasted({ type: 'object', properties: {} }, 'extract').state).toBe('wrong');
    expect(pasted([tool, tool], 'tools')).toMatchObject({
      problem: 'two functions are called "book"',
    });
    expect(pasted('text', 'tools').state).toBe('wrong');
  });
});
