import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { listTools, type Tool } from '../../shared/domain/tools.ts';
import { AppError } from '../../shared/errors.ts';
import { compileSchema } from './json-schema.ts';

/** Lists what is wrong with an output; empty when it fits the task. */
export type OutputValidator = (output: Json) => string[];

/**
 * Checks outputs against a task: one of the labels, an object that fits the schema, a call of a known tool with
 * arguments that fit (null is "no call"), or a text. Compile once, use for many.
 * @throws AppError `task.invalid` when a schema of the task is not usable
 */
export function createOutputValidator(task: Task): OutputValidator {
  switch (task.kind) {
    case 'classify':
      return createLabelValidator(new Set(task.labels));
    case 'extract':
      return createObjectValidator(task);
    case 'tools':
      return createCallValidator(task);
    case 'rewrite':
      return (output) =>
        typeof output === 'string' && output.trim() !== ''
          ? []
          : ['the output must be a text that is not empty'];
  }
}

function createLabelValidator(labels: ReadonlySet<string>): OutputValidator {
  return (output) => {
    if (typeof output !== 'string') return ['the output must be one label, as a string'];
    return labels.has(output) ? [] : [`"${output}" is not one of the task's labels`];
  };
}

function createObjectValidator(task: Task): OutputValidator {
  const validate = compileSchema(task.schema ?? {}, 'the task');
  const mustBeObject = task.schema?.type === undefined;
  return (output) =>
    mustBeObject && !isRecord(output) ? ['the output must be an object'] : validate(output);
}

function createCallValidator(task: Task): OutputValidator {
  const tools = new Map<string, OutputValidator>();
  for (const tool of listTools(task)) {
    if (tool.name === '' || tools.has(tool.name))
      throw new AppError(
        'task.invalid',
        `The task has ${tool.name === '' ? 'a tool without a name' : `two tools named "${tool.name}"`}. Name each tool once.`,
      );
    tools.set(tool.name, createArgumentsValidator(tool));
  }
  return (output) => {
    if (output === null) return [];
    if (!isRecord(output)) return ['a call must be {"name", "arguments"}, or null for no call'];
    const extra = Object.keys(output).find((key) => key !== 'name' && key !== 'arguments');
    if (extra !== undefined) return [`a call has "name" and "arguments" only, not "${extra}"`];
    const { name } = output;
    const validate = typeof name === 'string' ? tools.get(name) : undefined;
    if (!validate) return [`${JSON.stringify(name ?? null)} is not one of the task's tools`];
    if (!isRecord(output.arguments)) return ['"arguments" must be an object'];
    return validate(output.arguments);
  };
}

/** JSON Schema lets unknown properties pass; an argument that the tool does not have is a wrong call all the same. */
function createArgumentsValidator({ name, parameters }: Tool): OutputValidator {
  if (!parameters) return () => [];
  const validate = compileSchema(parameters, `the tool "${name}"`);
  const { properties } = parameters;
  const isOpen =
    !isRecord(properties) ||
    ['additionalProperties', 'patternProperties', 'allOf', 'anyOf', 'oneOf', '$ref'].some(
      (keyword) => keyword in parameters,
    );
  if (isOpen) return validate;
  const known = new Set(Object.keys(properties));
  return (value) => {
    const unknown = isRecord(value) ? Object.keys(value).filter((key) => !known.has(key)) : [];
    return [
      ...unknown.map((key) => `"${key}" is not an argument of "${name}"`),
      ...validate(value),
    ];
  };
}

function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
