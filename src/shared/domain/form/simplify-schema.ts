export type Schema = Readonly<Record<string, unknown>>;

/** Part of a schema that no student can fill in. `place` as a JSON Pointer. */
export class UnsupportedSchema extends Error {
  readonly place: string;
  readonly problem: string;

  constructor(place: string, problem: string) {
    super(`${place || '/'}: ${problem}`);
    this.place = place;
    this.problem = problem;
  }
}

/** References of references can multiply without end. */
const MAX_STEPS = 10_000;

/** A schema without detours, and whether null will do as well. */
export interface Simplified {
  readonly schema: Schema;
  readonly isNullable: boolean;
}

/** Follows references, and takes "or null" and lone alternatives off the schemas within a root. */
export function createSimplifier(root: Schema): (given: Schema, place: string) => Simplified {
  let steps = 0;

  function simplify(given: Schema, place: string, followed: readonly string[]): Simplified {
    if (++steps > MAX_STEPS) throw new UnsupportedSchema(place, 'it refers to too much');
    const { $ref, anyOf, oneOf, allOf, ...rest } = given;
    if (typeof $ref === 'string') {
      if (followed.includes($ref))
        throw new UnsupportedSchema(place, `"${$ref}" refers to itself, so it has no end`);
      return simplify({ ...resolve(root, $ref, place), ...rest }, place, [...followed, $ref]);
    }
    if (Array.isArray(allOf)) {
      const parts = allOf.map((part) => simplify(asSchema(part, place), place, followed).schema);
      return simplify(mergeAll([rest, ...parts]), place, followed);
    }
    const alternatives = anyOf ?? oneOf;
    return Array.isArray(alternatives)
      ? chooseAlternative(
          rest,
          alternatives.map((part) => asSchema(part, place)),
        )
      : takeNullOff(rest, place);

    function chooseAlternative(rest: Schema, parts: readonly Schema[]): Simplified {
      const real = parts.filter((part) => part.type !== 'null');
      if (real.length > 0 && real.every((part) => 'const' in part))
        return simplify({ ...rest, enum: real.map((part) => part.const) }, place, followed);
      if (real.length !== 1)
        throw new UnsupportedSchema(place, `one of ${real.length} different shapes`);
      const inner = simplify({ ...rest, ...real[0] }, place, followed);
      return { ...inner, isNullable: inner.isNullable || real.length < parts.length };
    }
  }

  return (given, place) => simplify(given, place, []);
}

function takeNullOff(schema: Schema, place: string): Simplified {
  if (!Array.isArray(schema.type)) {
    const choices = Array.isArray(schema.enum) ? schema.enum : [];
    return { schema, isNullable: schema.nullable === true || choices.includes(null) };
  }
  const types = schema.type.filter((type) => type !== 'null');
  if (types.length !== 1)
    throw new UnsupportedSchema(place, `one of several types (${types.join(', ')})`);
  return {
    schema: { ...schema, type: types[0] },
    isNullable: types.length < schema.type.length,
  };
}

function resolve(root: Schema, reference: string, place: string): Schema {
  if (!reference.startsWith('#'))
    throw new UnsupportedSchema(place, `"${reference}" lies outside of the schema`);
  let target: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean))
    target = isRecord(target)
      ? target[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')]
      : undefined;
  if (!isRecord(target)) throw new UnsupportedSchema(place, `there is no "${reference}"`);
  return target;
}

/** One schema for several that all hold: properties and required ones together, the last word for the rest. */
function mergeAll(parts: readonly Schema[]): Schema {
  const merged: Record<string, unknown> = Object.assign({}, ...parts);
  const properties = parts.flatMap((part) => (isRecord(part.properties) ? [part.properties] : []));
  if (properties.length > 0) merged.properties = Object.assign({}, ...properties);
  const required = parts.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
  if (required.length > 0) merged.required = required;
  return merged;
}

function asSchema(value: unknown, place: string): Schema {
  if (!isRecord(value)) throw new UnsupportedSchema(place, 'an alternative that is not a schema');
  return value;
}

export function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
