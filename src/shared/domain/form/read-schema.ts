import type { Json } from '../json.ts';
import type { Slot, SlotType } from './form.ts';
import { toPlainSchema } from './plain-schema.ts';
import { createSimplifier, isRecord, type Schema, UnsupportedSchema } from './simplify-schema.ts';

/** A slot as a schema states it, before slots of several frames are put together. */
export interface FoundSlot extends Slot {
  readonly isRequired: boolean;
}

const MAX_DEPTH = 16;
const MAX_SLOTS = 500;
const formats: Readonly<Record<string, SlotType | undefined>> = {
  date: 'date',
  time: 'time',
  'date-time': 'date-time',
};

/** The slots of an object schema, in its order, nested objects flattened. @throws UnsupportedSchema */
export function readObjectSchema(given: Schema): FoundSlot[] {
  // What comes out of a JSON object is one.
  const root = toPlainSchema(given) as Schema;
  const simplify = createSimplifier(root);
  const slots: FoundSlot[] = [];
  readObject(simplify(root, '').schema, [], '', true);
  return slots;

  function readObject(schema: Schema, path: readonly string[], place: string, isNeeded: boolean) {
    if (path.length > MAX_DEPTH) throw new UnsupportedSchema(place, 'it is nested too deeply');
    if (schema.type !== undefined && schema.type !== 'object')
      throw new UnsupportedSchema(place, `it is ${nameType(schema.type)}, not an object`);
    if (schema.patternProperties !== undefined)
      throw new UnsupportedSchema(place, 'the names of its properties are not fixed');
    const { properties = {}, required = [], additionalProperties } = schema;
    if (!isRecord(properties)) throw new UnsupportedSchema(place, '"properties" is not an object');
    const names = Object.keys(properties);
    const isOpen = names.length === 0 && (isRecord(additionalProperties) || path.length > 0);
    if (isOpen) throw new UnsupportedSchema(place, 'an object without named properties');
    const needed = new Set(Array.isArray(required) ? required : []);
    for (const name of names) {
      const inner = `${place}/properties/${toStep(name)}`;
      const property = properties[name];
      if (!isRecord(property)) throw new UnsupportedSchema(inner, 'it is not a schema');
      readProperty(property, [...path, name], inner, isNeeded && needed.has(name));
    }
  }

  function readProperty(
    given: Schema,
    path: readonly string[],
    place: string,
    isRequired: boolean,
  ): void {
    if (slots.length >= MAX_SLOTS)
      throw new UnsupportedSchema(place, `there are more than ${MAX_SLOTS} fields`);
    const { schema, isNullable } = simplify(given, place);
    if (schema.type === 'object' || (schema.type === undefined && isRecord(schema.properties))) {
      readObject(schema, path, place, isRequired && !isNullable);
      return;
    }
    const isList = schema.type === 'array';
    const item = isList ? readItem(schema, place) : schema;
    slots.push({
      path,
      name: path.join('.'),
      isList,
      isNullable,
      isRequired,
      description: typeof schema.description === 'string' ? schema.description : '',
      ...readValue(item, isList ? `${place}/items` : place),
    });
  }

  function readItem(schema: Schema, place: string): Schema {
    if (!isRecord(schema.items))
      throw new UnsupportedSchema(place, 'a list whose "items" are not described by one schema');
    const { schema: item } = simplify(schema.items, `${place}/items`);
    if (item.type === 'object' || isRecord(item.properties))
      throw new UnsupportedSchema(
        `${place}/items`,
        'a list of objects; a student fills in texts, numbers and choices. Give each its own field',
      );
    if (item.type === 'array') throw new UnsupportedSchema(`${place}/items`, 'a list of lists');
    return item;
  }
}

type Value = Pick<Slot, 'type' | 'choices' | 'minimum' | 'maximum' | 'unit'>;

function readValue(schema: Schema, place: string): Value {
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
      return { type: formats[String(schema.format)] ?? 'string', choices: [] };
    case 'boolean':
      return { type: 'boolean', choices: [] };
    case 'integer':
    case 'number': {
      const unit = schema['x-unit'] ?? schema.unit;
      return {
        type: schema.type,
        choices: [],
        ...(typeof schema.minimum === 'number' && { minimum: schema.minimum }),
        ...(typeof schema.maximum === 'number' && { maximum: schema.maximum }),
        ...(typeof unit === 'string' && { unit }),
      };
    }
    case undefined:
      throw new UnsupportedSchema(place, 'it has no "type", so any value would do');
    default:
      throw new UnsupportedSchema(place, `its type is ${nameType(schema.type)}`);
  }
}

function nameType(type: unknown): string {
  return typeof type === 'string' ? `"${type}"` : 'not named';
}

function toStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
