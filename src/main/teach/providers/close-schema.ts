import { toPlainSchema } from '../../../shared/domain/form/plain-schema.ts';
import type { Json } from '../../../shared/domain/json.ts';

/** Keywords that structured outputs take as they are; what else narrows a value stands in the question's words. */
const kept = ['title', 'description', 'enum', 'const', 'type'] as const;
const formats: readonly string[] = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
];

type Fields = Readonly<Record<string, Json>>;

/**
 * A JSON Schema as Anthropic's structured outputs take it: every object closed, and no keyword besides those they know.
 * All that the schema lets through, it lets through. Undefined where an object may have properties of any name, or a
 * value any form: that cannot be told.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export function closeSchema(schema: Json): Json | undefined {
  let isTold = true;

  function close(part: Json | undefined): Json {
    if (!isFields(part)) return giveUp();
    if (typeof part.$ref === 'string') return { $ref: part.$ref, ...definitions(part) };
    const choice = part.anyOf ?? part.oneOf;
    if (Array.isArray(choice)) return { anyOf: choice.map(close), ...definitions(part) };
    const hasForm = ['type', 'enum', 'const'].some((name) => name in part);
    if (!hasForm || part.allOf !== undefined) return giveUp();
    const types = Array.isArray(part.type) ? part.type : [part.type];
    return {
      ...Object.fromEntries(kept.flatMap((name) => (name in part ? [[name, part[name]!]] : []))),
      ...(formats.includes(String(part.format)) && { format: part.format! }),
      ...(types.includes('object') && closeObject(part)),
      ...(types.includes('array') && { items: close(part.items) }),
      ...(types.includes('array') && part.minItems === 1 && { minItems: 1 }),
      ...definitions(part),
    };
  }

  function closeObject({ properties, additionalProperties, patternProperties, required }: Fields) {
    const isOpen = isFields(additionalProperties) || patternProperties !== undefined;
    if (isOpen || !isFields(properties)) isTold = false;
    return {
      properties: closeEach(isFields(properties) ? properties : {}),
      ...(required !== undefined && { required }),
      additionalProperties: false,
    };
  }

  const closeEach = (parts: Fields): Fields =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, close(part)]));

  const definitions = ({ $defs }: Fields): Fields =>
    isFields($defs) ? { $defs: closeEach($defs) } : {};

  function giveUp(): Json {
    isTold = false;
    return null;
  }

  // It gives JSON for JSON.
  const closed = close(toPlainSchema(schema) as Json);
  return isTold ? closed : undefined;
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
