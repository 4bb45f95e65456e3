import type { Json } from '../../../../shared/domain/json.ts';

type JsonObject = { readonly [key: string]: Json };

/** JSON as somebody pasted it. @throws SyntaxError with the place in the text */
function parse(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

/**
 * The JSON Schema in a pasted text: the schema itself, or within the wrapping that providers of models ask for.
 * @throws SyntaxError when the text is no JSON
 */
export function readSchemaText(text: string): unknown {
  const value = parse(text);
  if (!isObject(value)) return value;
  const { json_schema: wrapped, response_format: format, schema } = value;
  if (isObject(format)) return readSchemaText(JSON.stringify(format));
  if (isObject(wrapped)) return readSchemaText(JSON.stringify(wrapped));
  return isObject(schema) ? schema : value;
}

/**
 * The function definitions in a pasted text: a list of them, one alone, or a whole request with "tools".
 * @throws SyntaxError when the text is no JSON
 */
export function readToolsText(text: string): unknown {
  const value = parse(text);
  if (!isObject(value)) return value;
  return Array.isArray(value.tools) ? value.tools : [value];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
