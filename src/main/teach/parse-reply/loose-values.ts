import type { Json } from '../../../shared/domain/json.ts';
import { isObject, type JsonObject, pick } from './fields.ts';

const nameNames = ['name', 'slot', 'field', 'key', 'entity', 'argument', 'parameter', 'type'];
const valueNames = ['value', 'text', 'values'];

/**
 * A list of {name, value} pairs, as taggers and many models write what they found, as an object: a name that repeats
 * has a list. Undefined when it is no such list.
 */
export function fromNamedValues(list: Json): JsonObject | undefined {
  if (!Array.isArray(list)) return undefined;
  const found = new Map<string, Json[]>();
  for (const item of list as readonly Json[]) {
    if (!isObject(item)) return undefined;
    const name = pick(item, nameNames);
    const value = pick(item, valueNames);
    if (typeof name !== 'string' || value === undefined) return undefined;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

/** One value where the schema wants a list as a list of one, and a list of one where it wants one value as that. */
export function fitLists(object: JsonObject, schema: unknown): JsonObject {
  const properties = (schema as { readonly properties?: unknown } | undefined)?.properties;
  if (typeof properties !== 'object' || properties === null) return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const type: unknown = Object.hasOwn(properties, name)
        ? (properties as Record<string, { readonly type?: unknown } | undefined>)[name]?.type
        : undefined;
      if (type === 'array' && !Array.isArray(value) && value !== null) return [name, [value]];
      const isLone = Array.isArray(value) && value.length === 1;
      return [name, isLone && typeof type === 'string' && type !== 'array' ? value[0]! : value];
    }),
  );
}
