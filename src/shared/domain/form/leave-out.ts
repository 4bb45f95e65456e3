import type { Json } from '../json.ts';
import type { Form } from './form.ts';

/** An output without what stands for its missing values: what was read, and no more. `names` are slots' names. */
export function leaveOut(
  form: Pick<Form, 'slots' | 'hasNone'>,
  output: Json,
  names: readonly string[],
): Json {
  const paths = form.slots.flatMap(({ name, path }) =>
    names.includes(name) ? [form.hasNone ? ['arguments', ...path] : path] : [],
  );
  return paths.reduce(without, output);
}

function without(value: Json, [name, ...rest]: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (name === undefined || !Object.hasOwn(value, name)) return value;
  const record = value as { readonly [key: string]: Json }; // neither null nor a list
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, inner]) => {
      if (key !== name) return [[key, inner]];
      return rest.length > 0 ? [[key, without(inner, rest)]] : [];
    }),
  );
}
