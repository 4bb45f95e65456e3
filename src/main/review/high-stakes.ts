import type { Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';

/** Whether an output carries a high-stakes label: the label itself, or the name of the tool that it calls. */
export function isHighStakes(task: Task, output: Json): boolean {
  const name =
    typeof output === 'object' && output !== null && !Array.isArray(output)
      ? (output as { readonly name?: Json }).name
      : output;
  return typeof name === 'string' && (task.highStakes ?? []).includes(name);
}
