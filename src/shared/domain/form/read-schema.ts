import type { NestedObject, Slot } from './form.ts';
import { neutralValue } from './neutral-value.ts';
import { toPlainSchema } from './plain-schema.ts';
import { readItemLimits, readValue } from './read-value.ts';
import { createSimplifier, isRecord, type Schema, UnsupportedSchema } from './simplify-schema.ts';

/** A slot as a schema states it, before slots of several frames are put together. */
export interface FoundSlot extends Slot {
  /** Whatever else is there. */
  readonly isRequired: boolean;
  /** By the object that it stands in. */
  readonly isRequiredInside: boolean;
}

/** What an object schema holds. */
export interface FoundFields {
  readonly slots: readonly FoundSlot[];
  readonly objects: readonly Omit<NestedObject, 'required'>[];
}

const MAX_DEPTH = 16;
const MAX_SLOTS = 500;
/** Under these an object can be wrong though each of its fields is right. */
const conditions = [
  ...['if', 'not', 'dependentRequired', 'dependentSchemas', 'dependencies', 'minProperties'],
  ...['maxProperties', 'propertyNames', 'contains', 'prefixItems'],
];

/** The slots of an object schema, in its order, nested objects flattened. @throws UnsupportedSchema */
export function readObjectSchema(given: Schema): FoundFields {
  // What comes out of a JSON object is one.
  const root = toPlainSchema(given) as Schema;
  const simplify = createSimplifier(root);
  const slots: FoundSlot[] = [];
  const objects: Omit<NestedObject, 'required'>[] = [];
  readObject(simplify(root, '').schema, [], '', true);
  return { slots, objects };

  function readObject(schema: Schema, path: readonly string[], place: string, isNeeded: boolean) {
    if (path.length > MAX_DEPTH) throw new UnsupportedSchema(place, 'it is nested too deeply');
    if (schema.type !== undefined && schema.type !== 'object')
      throw new UnsupportedSchema(place, `its type is "${schema.type}", not "object"`);
    assertUnconditional(schema, place);
    if (schema.patternProperties !== undefined)
      throw new UnsupportedSchema(place, 'the names of its properties are not fixed');
    const { properties = {}, required = [], additionalProperties } = schema;
    if (!isRecord(properties)) throw new UnsupportedSchema(place, '"properties" is not an object');
    const names = Object.keys(properties);
    const isOpen = names.length === 0 && (isRecord(additionalProperties) || path.length > 0);
    if (isOpen) throw new UnsupportedSchema(place, 'an object without named properties');
    const needed = new Set(Array.isArray(required) ? required : []);
    const unknown = [...needed].find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new UnsupportedSchema(
        place,
        `it requires "${unknown}", which is none of its properties`,
      );
    for (const name of names) {
      const inner = `${place}/properties/${toStep(name)}`;
      const property = properties[name];
      if (!isRecord(property)) throw new UnsupportedSchema(inner, 'it is not a schema');
      readProperty(property, [...path, name], inner, isNeeded, needed.has(name));
    }
  }

  function readProperty(
    given: Schema,
    path: readonly string[],
    place: string,
    isAroundNeeded: boolean,
    isRequiredInside: boolean,
  ): void {
    if (slots.length >= MAX_SLOTS)
      throw new UnsupportedSchema(place, `there are more than ${MAX_SLOTS} fields`);
    const { schema, isNullable } = simplify(given, place);
    const isRequired = isAroundNeeded && isRequiredInside;
    if (schema.type === 'object' || (schema.type === undefined && isRecord(schema.properties))) {
      objects.push({ path, isRequired: isRequiredInside, isNullable });
      readObject(schema, path, place, isRequired && !isNullable);
      return;
    }
    assertUnconditional(schema, place);
    const isList = schema.type === 'array';
    const item = isList ? readItem(schema, place) : schema;
    const value = readValue(item, isList ? `${place}/items` : place);
    const limits = { ...value.limits, ...(isList && readItemLimits(schema)) };
    const slot: FoundSlot = {
      path,
      name: path.join('.'),
      isList,
      isNullable,
      isRequired,
      isRequiredInside,
      description: typeof schema.description === 'string' ? schema.description : '',
      ...value,
      ...(Object.keys(limits).length > 0 && { limits }),
    };
    if (isRequiredInside && neutralValue(slot) === undefined)
      throw new UnsupportedSchema(
        place,
        'it is required, and no value that says nothing and fits its limits was found. Allow null, or leave it optional',
      );
    slots.push(slot);
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

function assertUnconditional(schema: Schema, place: string): void {
  const condition = conditions.find((keyword) => keyword in schema);
  if (condition !== undefined)
    throw new UnsupportedSchema(
      place,
      `"${condition}" lets what is allowed depend on more than one value`,
    );
}

function toStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
