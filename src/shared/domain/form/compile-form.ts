import { AppError } from '../../errors.ts';
import type { Task } from '../task.ts';
import { listTools } from '../tools.ts';
import type { Form, Frame, Slot } from './form.ts';
import { type FoundFields, readObjectSchema } from './read-schema.ts';
import { type Schema, UnsupportedSchema } from './simplify-schema.ts';

/**
 * The form of a task's outputs: the one object of an extract task, or a frame for each function of a tools task.
 * @throws AppError `task.invalid` with the place in the schema that no student can fill in
 */
export function compileForm(task: Task): Form {
  const shapes =
    task.kind === 'tools'
      ? listTools(task).map(({ name, description, parameters }) => ({
          name,
          description,
          found: read(parameters ?? {}, `the tool "${name}"`),
        }))
      : [{ name: '', description: '', found: read(task.schema ?? {}, 'the task') }];

  const indexOf = new Map<string, number>();
  const taken = new Set<string>();
  const slots: Slot[] = [];
  const frames = shapes.map(({ name, description, found }): Frame => {
    const own = found.slots.map(({ isRequired: _, isRequiredInside: __, ...slot }) => {
      const { description: ___, ...shape } = slot;
      const key = JSON.stringify(shape);
      const known = indexOf.get(key);
      if (known !== undefined) return known;
      const clear = taken.has(slot.name) ? `${name}.${slot.name}` : slot.name;
      taken.add(clear);
      indexOf.set(key, slots.length);
      return slots.push({ ...slot, name: clear }) - 1;
    });
    const objects = found.objects.map(({ path, ...object }) => ({
      ...object,
      path,
      required: own.filter((_, i) => {
        const slot = found.slots[i]!;
        return slot.isRequiredInside && isSamePath(slot.path.slice(0, -1), path);
      }),
    }));
    return {
      name,
      description,
      slots: own,
      required: own.filter((_, i) => found.slots[i]!.isRequired),
      objects,
    };
  });
  return { slots, frames, hasNone: task.kind === 'tools' };
}

const isSamePath = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i]);

function read(schema: Schema, owner: string): FoundFields {
  try {
    return readObjectSchema(schema);
  } catch (error) {
    if (!(error instanceof UnsupportedSchema)) throw error;
    const { place, problem } = error;
    throw new AppError(
      'task.invalid',
      `The schema of ${owner} cannot be learnt at ${place || '/'}: ${problem}. Students fill in texts, numbers, yes or no, dates, times, choices, lists of these, and objects of named fields.`,
      { details: { owner, place, problem } },
    );
  }
}
