import { expect, test } from 'vitest';
import { fieldFigures } from '../../../src/main/evaluate/field-figures.ts';
import { canonicalJson, type Json } from '../../../src/shared/domain/json.ts';
import { parseTask } from '../../../src/shared/domain/task.ts';

const properties = {
  city: { type: 'string' },
  dishes: { type: 'array', items: { type: 'string' } },
  note: { type: ['string', 'null'] },
};
const task = parseTask({
  name: 't',
  kind: 'tools',
  tools: [
    { name: 'book', parameters: { type: 'object', properties } },
    { name: 'ask', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  ],
});
const call = (name: string, args: Record<string, Json>): Json => ({ name, arguments: args });
const rows: readonly (readonly [gold: Json, answer: Json])[] = [
  // Right, the list in another order.
  [
    call('book', { city: 'Rome', dishes: ['a', 'b'] }),
    call('book', { dishes: ['b', 'a'], city: 'Rome' }),
  ],
  // A city of the wrong function is wrong although it is the same slot.
  [call('book', { city: 'Rome' }), call('ask', { city: 'Rome' })],
  // One item said twice counts once.
  [call('book', { dishes: ['a'] }), call('book', { dishes: ['a', 'a'] })],
  [call('book', { city: 'Rome', note: null }), null],
];

test('values are counted by field, and a field that never occurs is left out', () => {
  const figures = fieldFigures({
    task,
    gold: rows.map(([gold]) => canonicalJson(gold)),
    answers: rows.map(([, answer]) => ({ key: canonicalJson(answer), isValid: true })),
  });
  expect(figures.map(({ precision, recall, f1, ...counts }) => counts)).toEqual([
    { name: 'city', given: 3, answered: 2, right: 1 },
    { name: 'dishes', given: 3, answered: 4, right: 3 },
  ]);
  expect(figures[0]).toMatchObject({
    precision: { value: 1 / 2 },
    recall: { value: 1 / 3 },
    f1: 2 / 5,
  });
});
