import { z } from 'zod';
import { AppError } from '../errors.ts';

export const taskKinds = ['classify', 'extract', 'tools', 'rewrite'] as const;
export type TaskKind = (typeof taskKinds)[number];

const jsonObject = z.record(z.string(), z.unknown());

const toolSchema = z.union([
  z.object({ type: z.literal('function'), function: jsonObject }),
  z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: jsonObject.optional(),
  }),
]);

const taskSchema = z
  .strictObject({
    name: z.string().trim().min(1),
    kind: z.enum(taskKinds),
    instructions: z.string().default(''),
    labels: z.array(z.string().min(1)).min(2).optional(),
    schema: jsonObject.optional(),
    tools: z.array(toolSchema).min(1).optional(),
    noAnswerLabel: z.string().min(1).optional(),
    highStakes: z.array(z.string()).optional(),
  })
  .superRefine((task, context) => {
    const needed = { classify: 'labels', extract: 'schema', tools: 'tools' } as const;
    const field = task.kind === 'rewrite' ? undefined : needed[task.kind];
    if (field && task[field] === undefined)
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `a ${task.kind} task needs "${field}"`,
      });
    if (task.labels && new Set(task.labels).size !== task.labels.length)
      context.addIssue({ code: 'custom', path: ['labels'], message: 'two labels are equal' });
    if (task.kind !== 'classify' && task.kind !== 'tools') return;
    // A slip here would leave unguarded what is meant to be guarded.
    const known = new Set(
      task.kind === 'classify'
        ? [...(task.labels ?? []), task.noAnswerLabel]
        : task.tools?.map((tool) => ('function' in tool ? tool.function.name : tool.name)),
    );
    for (const name of task.highStakes ?? [])
      if (!known.has(name))
        context.addIssue({
          code: 'custom',
          path: ['highStakes'],
          message: `"${name}" is not one of the ${task.kind === 'classify' ? 'labels' : 'functions'}`,
        });
  });

/** What the student is to learn. `labels` always contains `noAnswerLabel` when there is one. */
export type Task = z.infer<typeof taskSchema>;

/** Checks a task description from outside. @throws AppError `task.invalid` naming each wrong field. */
export function parseTask(value: unknown): Task {
  const parsed = taskSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'task'}: ${issue.message}`,
    );
    throw new AppError(
      'task.invalid',
      `The task description is not usable. ${problems.join('; ')}.`,
      {
        details: { problems },
      },
    );
  }
  const task = parsed.data;
  const { labels, noAnswerLabel } = task;
  if (labels && noAnswerLabel && !labels.includes(noAnswerLabel))
    return { ...task, labels: [...labels, noAnswerLabel] };
  return task;
}
