import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';

type Schema = Readonly<Record<string, unknown>>;

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
const MAX_PROBLEMS = 10;

/**
 * Compiles a user's JSON Schema (draft 4 to 2020-12; Python type names are understood) into a function that lists
 * what is wrong with a value. Nothing is ever fetched: a reference outside of the schema is an error.
 * @throws AppError `task.invalid` naming `what`
 */
export function compileSchema(schema: Schema, what: string): (value: Json) => string[] {
  const { $schema, ...body } = schema;
  const isModern = typeof $schema === 'string' && /2019-09|2020-12/.test($schema);
  const options = { strict: false, allErrors: true, logger: false } as const;
  const ajv = isModern ? new Ajv2020(options) : new Ajv(options);
  formats.default(ajv);
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(normalise(body) as Schema);
  } catch (error) {
    throw new AppError(
      'task.invalid',
      `The JSON Schema of ${what} is not usable: ${(error as Error).message}. Correct it in the task description.`,
      { cause: error },
    );
  }
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(describe);
}

/** Replaces Python type names wherever a schema stands, and only there: names of properties are left alone. */
function normalise(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(normalise);
  if (typeof schema !== 'object' || schema === null) return schema;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'type') {
      if (value === 'any') continue;
      result[key] = Array.isArray(value) ? value.map(toTypeName) : toTypeName(value);
    } else if (namedSchemas.has(key) && typeof value === 'object' && value !== null)
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, normalise(part)]),
      );
    else result[key] = literalKeywords.has(key) ? value : normalise(value);
  }
  return result;
}

const namedSchemas = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const literalKeywords = new Set(['enum', 'const', 'default', 'example', 'examples', 'required']);

function toTypeName(name: unknown): unknown {
  return typeof name === 'string' ? (pythonTypes[name] ?? name) : name;
}

function describe(error: ErrorObject): string {
  const place = error.instancePath.slice(1).replaceAll('/', '.') || 'output';
  // The parameters belong to the keyword; ajv types them loosely.
  const parameters = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'enum':
      return `${place} must be one of ${JSON.stringify(parameters.allowedValues)}`;
    case 'additionalProperties':
      return `${place} must not have "${String(parameters.additionalProperty)}"`;
    default:
      return `${place} ${error.message ?? 'is not valid'}`;
  }
}
