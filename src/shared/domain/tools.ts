import type { Task } from './task.ts';

/** One function of a tools task, whichever of the two usual shapes it was written in. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments; undefined when the definition has none. */
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

/** What people read, and filters say, where no function is called. */
export const noCall = 'no call';

/** The functions of a task, in order; empty for other kinds. */
export function listTools(task: Task): Tool[] {
  return (task.tools ?? []).map((definition) => {
    const tool: Record<string, unknown> =
      'function' in definition ? definition.function : { ...definition };
    return {
      name: typeof tool.name === 'string' ? tool.name : '',
      description: typeof tool.description === 'string' ? tool.description : '',
      parameters: isRecord(tool.parameters) ? tool.parameters : undefined,
    };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
