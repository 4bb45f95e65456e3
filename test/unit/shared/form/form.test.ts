import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileForm } from '../../../../src/shared/domain/form/compile-form.ts';
import { findMissing } from '../../../../src/shared/domain/form/find-missing.ts';
import type { Form } from '../../../../src/shared/domain/form/form.ts';
import { putTogether } from '../../../../src/shared/domain/form/put-together.ts';
import { takeApart } from '../../../../src/shared/domain/form/take-apart.ts';
import { canonicalJson, type Json } from '../../../../src/shared/domain/json.ts';
import { parseTask } from '../../../../src/shared/domain/task.ts';

const extract = (schema: object): Form =>
  compileForm(parseTask({ name: 'ticket', kind: 'extract', schema }));

const ticket = {
  type: 'object',
  properties: {
    product: { type: 'string' },
    severity: { enum: ['low', 'high'] },
    customer: {
      type: 'object',
      properties: { name: { type: 'string' }, since: { type: ['string', 'null'], format: 'date' } },
      required: ['name'],
    },
    parts: { type: 'array', items: { type: 'string' } },
    amount: { anyOf: [{ $ref: '#/$defs/money' }, { type: 'null' }] },
  },
  required: ['severity', 'customer'],
  $defs: { money: { type: 'number', minimum: 0, 'x-unit': 'EUR' } },
};

describe('compileForm', () => {
  it('flattens an object into slots', () => {
    const { slots, frames } = extract(ticket);
    expect(slots.map(({ name, type }) => [name, type])).toEqual([
      ['product', 'string'],
      ['severity', 'enum'],
      ['customer.name', 'string'],
      ['customer.since', 'date'],
      ['parts', 'string'],
      ['amount', 'number'],
    ]);
    expect(slots[4]).toMatchObject({ isList: true });
    expect(slots[5]).toMatchObject({ isNullable: true, unit: 'EUR', minimum: 0 });
    expect(frames).toMatchObject([{ required: [1, 2] }]);
  });

  it('shares slots of one name and type between functions, and keeps others apart', () => {
    const tool = (name: string, properties: object) => ({
      name,
      parameters: { type: 'object', properties },
    });
    const { slots, frames } = compileForm(
      parseTask({
        name: 'travel',
        kind: 'tools',
        tools: [
          tool('book', { city: { type: 'string', description: 'where to' } }),
          tool('weather', { city: { type: 'string' }, day: { type: 'string' } }),
          tool('code', { city: { type: 'integer' } }),
        ],
      }),
    );
    expect(slots.map(({ name }) => name)).toEqual(['city', 'day', 'code.city']);
    expect(frames.map((frame) => frame.slots)).toEqual([[0], [0, 1], [2]]);
  });

  it.each([
    [
      { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
      'list of objects',
    ],
    [{ type: 'array', items: { type: 'array', items: { type: 'string' } } }, 'list of lists'],
    [{ type: 'array' }, '"items"'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'without named properties'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, '2 different shapes'],
    [{ type: ['string', 'number'] }, 'several types'],
    [{}, 'no "type"'],
    [{ enum: [] }, 'without values'],
    [{ $ref: '#/properties/it' }, 'no end'],
    [{ $ref: 'https://example.com/schema' }, 'outside'],
    [{ $ref: '#/$defs/nothing' }, 'there is no'],
  ])('refuses %j with its place', (property, problem) => {
    const attempt = () => extract({ type: 'object', properties: { it: property } });
    expect(attempt).toThrow(problem);
    expect(attempt).toThrow('/properties/it');
  });

  it('refuses what requires a property that it has not, since nothing would fit', () => {
    const properties = { a: { type: 'string' } };
    expect(() => extract({ type: 'object', properties, required: ['a', 'zz'] })).toThrow(/"zz"/);
  });

  it('refuses a pattern that may take for ever', () => {
    const properties = { a: { type: 'string', pattern: '^(\\w+\\s?)*$' } };
    expect(() => extract({ type: 'object', properties })).toThrow(/for ever/);
  });

  it('refuses references that multiply', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `d${i}`,
        { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
      ]),
    );
    const schema = { type: 'object', properties: { it: { $ref: '#/$defs/d0' } }, $defs };
    expect(() => extract({ ...schema, $defs: { ...$defs, d30: { type: 'string' } } })).toThrow(
      'too much',
    );
  });
});

describe('takeApart and putTogether', () => {
  const form = extract(ticket);
  const text = fc.string({ minLength: 1 });
  const output = fc.record(
    {
      product: text,
      severity: fc.constantFrom('low', 'high'),
      customer: fc.record({ name: text, since: text }, { requiredKeys: ['name'] }),
      parts: fc.array(text, { minLength: 1 }),
      amount: fc.double({ noNaN: true, noDefaultInfinity: true }),
    },
    { requiredKeys: ['severity', 'customer'] },
  );

  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(output, (given) => {
        const filled = takeApart(form, given)!;
        const again = putTogether(form, filled, []);
        expect(canonicalJson(again)).toBe(canonicalJson(given as Json));
        expect(findMissing(form, filled)).toEqual([]);
      }),
    );
  });

  it('write empty slots as the examples do, and say what is missing', () => {
    const filled = takeApart(form, { severity: 'low' })!;
    expect(findMissing(form, filled)).toEqual([2]);
    expect(putTogether(form, filled, ['omit', 'omit', 'omit', 'null', 'list', 'null'])).toEqual({
      severity: 'low',
      customer: { since: null },
      parts: [],
      amount: null,
    });
  });

  it('keep properties that objects have by nature out and in their place', () => {
    const odd = extract(
      JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
    );
    const filled = takeApart(odd, JSON.parse('{"__proto__":"x"}'));
    expect(JSON.stringify(putTogether(odd, filled!, []))).toBe('{"__proto__":"x"}');
    expect(takeApart(odd, {})).toEqual({ frame: 0, values: [] });
  });
});
