import { Ajv, type ErrorObject, str, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isMultipleOf } from '../../shared/domain/form/is-multiple-of.ts';
import { toPlainSchema } from '../../shared/domain/form/plain-schema.ts';
import type { Json } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';

type Schema = Readonly<Record<string, unknown>>;

const MAX_PROBLEMS = 10;

/** RFC 3339 wants seconds and an offset; people and their forms say "19:00". */
const withSeconds = (text: string) => text.replace(/(^|[t\s])(\d\d:\d\d)(?!:)/i, '$1$2:00');
const lenient = (name: 'iso-time' | 'iso-date-time') => {
  // Its definitions of times have this form.
  const { validate } = formats.default.get(name, 'full') as unknown as {
    readonly validate: (text: string) => boolean;
  };
  return (text: string) => validate(withSeconds(text));
};

/**
 * Compiles a user's JSON Schema (draft 4 to 2020-12; Python type names are understood) into a function that lists
 * what is wrong with a value. Nothing is ever fetched: a reference outside of the schema is an error.
 * @throws AppError `task.invalid` naming `what`
 */
export function compileSchema(schema: Schema, what: string): (value: Json) => string[] {
  const { $schema, ...body } = schema;
  const isModern = typeof $schema === 'string' && /2019-09|2020-12/.test($schema);
  // What every object inherits ("constructor") is no property of an output.
  const options = { strict: false, allErrors: true, logger: false, ownProperties: true } as const;
  const ajv = isModern ? new Ajv2020(options) : new Ajv(options);
  formats.default(ajv);
  // Its own divides the binary numbers, and 0.3 would be no multiple of 0.1.
  ajv.removeKeyword('multipleOf').addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    metaSchema: { exclusiveMinimum: 0 },
    compile: (unit: number) => (value: number) => isMultipleOf(value, unit),
    error: { message: ({ schema }) => str`must be a multiple of ${schema}` },
  });
  ajv.addFormat('time', lenient('iso-time'));
  ajv.addFormat('date-time', lenient('iso-date-time'));
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(toPlainSchema(body) as Schema);
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
