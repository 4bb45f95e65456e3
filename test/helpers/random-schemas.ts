import fc from 'fast-check';

type Schema = { readonly [key: string]: unknown };

const bounds = fc.record(
  { minimum: fc.integer({ min: -20, max: 5 }), maximum: fc.integer({ min: 6, max: 400 }) },
  { requiredKeys: [] },
);
const number = fc.record({ type: fc.constantFrom('integer', 'number') }).chain((schema) =>
  fc
    .record(
      {
        more: bounds,
        exclusiveMinimum: fc.integer({ min: -30, max: 3 }),
        exclusiveMaximum: fc.integer({ min: 12, max: 300 }),
        multipleOf: fc.constantFrom(1, 2, 5, 0.5, 0.1),
      },
      { requiredKeys: ['more'] },
    )
    .map(({ more, ...limits }): Schema => ({ ...schema, ...more, ...limits })),
);
const text = fc.oneof(
  fc
    .record(
      { minLength: fc.integer({ min: 0, max: 4 }), maxLength: fc.integer({ min: 5, max: 12 }) },
      { requiredKeys: [] },
    )
    .map((limits): Schema => ({ type: 'string', ...limits })),
  fc
    .constantFrom('^[A-Z]{2}-\\d{3,5}$', '^(?:[a-z]+|\\d+)$', '^.{2,}\\$', 'a|b', '^\\w+\\s\\w+$')
    .map((pattern): Schema => ({ type: 'string', pattern })),
  fc
    .constantFrom('date', 'time', 'date-time', 'email', 'uuid', 'ipv4', 'uri', 'hostname')
    .map((format): Schema => ({ type: 'string', format })),
);
const choice = fc
  .uniqueArray(fc.constantFrom('low', 'high', 'Zürich', 7, 2.5, true), {
    minLength: 1,
    maxLength: 4,
  })
  .map((values): Schema => ({ enum: values }));
const value: fc.Arbitrary<Schema> = fc.oneof(
  number,
  text,
  choice,
  fc.constant<Schema>({ type: 'boolean' }),
);
const list = fc
  .record({
    items: value,
    limits: fc.record(
      {
        minItems: fc.integer({ min: 0, max: 2 }),
        maxItems: fc.integer({ min: 2, max: 3 }),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ items, limits }): Schema => ({ type: 'array', items, ...limits }));
const orNull = (schema: fc.Arbitrary<Schema>) =>
  fc
    .tuple(schema, fc.integer({ min: 0, max: 4 }))
    .map(([own, die]): Schema => (die === 0 ? { anyOf: [own, { type: 'null' }] } : own));

/** Objects in objects; some of what the schema names is required, some may be null. */
function objects(depth: number): fc.Arbitrary<Schema> {
  const leaf = orNull(fc.oneof({ arbitrary: value, weight: 3 }, { arbitrary: list, weight: 1 }));
  const inner =
    depth === 0
      ? leaf
      : fc.oneof(
          { arbitrary: leaf, weight: 2 },
          { arbitrary: orNull(objects(depth - 1)), weight: 1 },
        );
  return fc
    .dictionary(
      fc.constantFrom('a', 'b', 'c d', 'constructor', 'toString'),
      fc.tuple(inner, fc.boolean()),
      {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      },
    )
    .map((fields): Schema => {
      const names = Object.keys(fields);
      return {
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, fields[name]![0]])),
        required: names.filter((name) => fields[name]![1]),
        additionalProperties: false,
      };
    });
}

/** Schemas of the objects that a student fills in, with every kind of limit. */
export const randomSchemas = objects(2);
