import type { Json } from '../../../shared/domain/json.ts';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same word in another case, with spaces, dashes or underscores, or in camel case, gives the same form. */
export function looseForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The value of the first key that is one of some names, in any case. */
export function pick(object: JsonObject, names: readonly string[]): Json | undefined {
  const keys = Object.keys(object);
  for (const name of names) {
    const key =
      keys.find((each) => each === name) ??
      keys.find((each) => looseForm(each) === looseForm(name));
    if (key !== undefined) return object[key];
  }
  return undefined;
}

const confidenceNames = ['confidence', 'score', 'probability', 'certainty', 'prob'];

/** A confidence in [0, 1], from a number, a percentage or either as text; null when there is none. */
export function readConfidence(object: JsonObject): number | null {
  const given = pick(object, confidenceNames);
  const isPercent = typeof given === 'string' && given.trim().endsWith('%');
  const value = typeof given === 'string' ? Number.parseFloat(given) : given;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
  const share = isPercent || value > 1 ? value / 100 : value;
  return share <= 1 ? share : null;
}

/** Without the properties whose value is null, at any depth: how strict schemas make models say "absent". */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([key, part]) => [key, withoutNulls(part)]),
  );
}
