import type { Json } from '../json.ts';
import { whyEndless } from './endless-pattern.ts';
import type { Slot, SlotType, ValueLimits } from './form.ts';
import { type Schema, UnsupportedSchema } from './simplify-schema.ts';
import { foreignFormats, textFormats } from './text-formats.ts';

type Value = Pick<Slot, 'type' | 'choices' | 'minimum' | 'maximum' | 'limits' | 'unit'>;

const formats: Readonly<Record<string, SlotType | undefined>> = {
  date: 'date',
  time: 'time',
  'date-time': 'date-time',
};
const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

/** What a schema that is not of an object or a list allows. @throws UnsupportedSchema */
export function readValue(schema: Schema, place: string): Value {
  // Enums and constants of a schema come from JSON.
  if ('const' in schema) return { type: 'enum', choices: [schema.const as Json] };
  if (Array.isArray(schema.enum)) {
    const choices = (schema.enum as Json[]).filter((value) => value !== null);
    if (choices.some((value) => typeof value === 'object'))
      throw new UnsupportedSchema(place, 'an enum whose values are not texts or numbers');
    if (choices.length === 0) throw new UnsupportedSchema(place, 'an enum without values');
    return { type: 'enum', choices: [...new Set(choices)] };
  }
  switch (schema.type) {
    case 'string':
      return readText(schema, place);
    case 'boolean':
      return { type: 'boolean', choices: [] };
    case 'integer':
    case 'number':
      return readNumber(schema, schema.type);
    case undefined:
      throw new UnsupportedSchema(place, 'it has no "type", so any value would do');
    default:
      throw new UnsupportedSchema(
        place,
        `its type is ${typeof schema.type === 'string' ? `"${schema.type}"` : 'not named'}`,
      );
  }
}

/** How many values a list may have, and whether they differ. */
export function readItemLimits({ minItems, maxItems, uniqueItems }: Schema): ValueLimits {
  return {
    ...(isNumber(minItems) && minItems > 0 && { minItems }),
    ...(isNumber(maxItems) && { maxItems }),
    ...(uniqueItems === true && { hasUniqueItems: true }),
  };
}

function readText(schema: Schema, place: string): Value {
  const { format, pattern, minLength, maxLength } = schema;
  if (typeof format === 'string' && foreignFormats.has(format))
    throw new UnsupportedSchema(place, `its format is "${format}"`);
  const trap = typeof pattern === 'string' ? whyEndless(pattern) : undefined;
  if (trap !== undefined) throw new UnsupportedSchema(place, `its pattern ${trap}`);
  const known = typeof format === 'string' ? textFormats[format]?.pattern : undefined;
  const patterns = [
    ...(known === undefined ? [] : [known]),
    ...(typeof pattern === 'string' ? [pattern] : []),
  ];
  return withLimits(
    { type: formats[String(format)] ?? 'string', choices: [] },
    {
      ...(isNumber(minLength) && minLength > 0 && { minLength }),
      ...(isNumber(maxLength) && { maxLength }),
      ...(patterns.length > 0 && { patterns }),
    },
  );
}

function readNumber(schema: Schema, type: 'integer' | 'number'): Value {
  const { exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema;
  const unit = schema['x-unit'] ?? schema.unit;
  const { minimum, maximum } = { ...(schema.format === 'int32' && INT32), ...schema };
  return withLimits(
    {
      type,
      choices: [],
      ...(isNumber(minimum) && { minimum }),
      ...(isNumber(maximum) && { maximum }),
      ...(typeof unit === 'string' && { unit }),
    },
    {
      ...(isNumber(above) && { above }),
      ...(isNumber(below) && { below }),
      ...(isNumber(multipleOf) && multipleOf > 0 && { multipleOf }),
    },
  );
}

function withLimits(value: Value, limits: ValueLimits): Value {
  return Object.keys(limits).length > 0 ? { ...value, limits } : value;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
