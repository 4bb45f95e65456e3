import type { Json } from '../json.ts';

/**
 * A JSON value with another one at a path of property names, or without the property where `item` is undefined. Where
 * the object around it is not there, nothing changes.
 */
export function setAt(
  value: Json,
  [name, ...rest]: readonly string[],
  item: Json | undefined,
): Json {
  if (name === undefined || typeof value !== 'object' || value === null || Array.isArray(value))
    return value;
  const record = value as { readonly [key: string]: Json }; // neither null nor a list
  const isLast = rest.length === 0;
  if (!Object.hasOwn(record, name))
    return isLast && item !== undefined ? { ...record, [name]: item } : value;
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, inner]) => {
      if (key !== name) return [[key, inner]];
      if (!isLast) return [[key, setAt(inner, rest, item)]];
      return item === undefined ? [] : [[key, item]];
    }),
  );
}
