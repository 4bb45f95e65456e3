import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { listTools } from '../../shared/domain/tools.ts';

/** The form of an answer, for servers that can hold a model to a JSON Schema. */
export interface AnswerSchema {
  /** Whether it keeps to the subset that strict servers ask for: every property required, none besides. */
  readonly isStrict: boolean;
  readonly schema: Json;
}

/** The JSON Schema of a task's answers. */
export function createAnswerSchema(task: Task): AnswerSchema {
  switch (task.kind) {
    case 'classify':
      return closedObject({
        label: { type: 'string', enum: task.labels ?? [] },
        confidence: { type: 'number' },
      });
    case 'extract':
      // A checked task: its schema came from JSON.
      return { isStrict: false, schema: (task.schema ?? {}) as Json };
    case 'tools':
      return {
        isStrict: false,
        schema: {
          type: 'object',
          properties: {
            name: { enum: [...listTools(task).map((tool) => tool.name), null] },
            arguments: { type: 'object' },
          },
          required: ['name', 'arguments'],
        },
      };
    case 'rewrite':
      return closedObject({ text: { type: 'string' } });
  }
}

function closedObject(properties: { readonly [key: string]: Json }): AnswerSchema {
  const schema = {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
  return { isStrict: true, schema };
}
