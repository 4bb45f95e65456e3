import { compileForm } from '../../shared/domain/form/compile-form.ts';
import { leaveOut } from '../../shared/domain/form/leave-out.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Lookup } from '../../shared/domain/lookup.ts';
import type { Task } from '../../shared/domain/task.ts';

/** What a teacher may be told of an output: not the fields that a table fills, whose facts stay here. */
export function createTeller(task: Task, lookups: readonly Lookup[]): (output: Json) => Json {
  if (lookups.length === 0) return (output) => output;
  const form = compileForm(task);
  const filled = lookups.map(({ field }) => field);
  return (output) => leaveOut(form, output, filled);
}
