/** Python names for types, as common tool collections write them. */
const pythonTypes: Readonly<Record<string, string | undefined>> = {
  dict: 'object',
  float: 'number',
  double: 'number',
  int: 'integer',
  bool: 'boolean',
  str: 'string',
  list: 'array',
  tuple: 'array',
};

const namedSchemas = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const literalKeywords = new Set(['enum', 'const', 'default', 'example', 'examples', 'required']);

/** Replaces Python type names wherever a schema stands, and only there: names of properties are left alone. */
export function toPlainSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toPlainSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'type') {
      if (value === 'any') continue;
      result[key] = Array.isArray(value) ? value.map(toTypeName) : toTypeName(value);
    } else if (namedSchemas.has(key) && typeof value === 'object' && value !== null)
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, toPlainSchema(part)]),
      );
    else result[key] = literalKeywords.has(key) ? value : toPlainSchema(value);
  }
  return result;
}

function toTypeName(name: unknown): unknown {
  return typeof name === 'string' ? (pythonTypes[name] ?? name) : name;
}
