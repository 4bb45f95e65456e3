import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseTask } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import { createProject } from '../../app/project.ts';
import { toFileError } from '../../lib/files.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { defineCommand } from '../command.ts';

export const newCommand = defineCommand({
  name: 'new',
  summary: 'Create a project from a description of its task',
  args: [{ name: 'project', description: 'the project file to create, such as triage.stillroom' }],
  options: [
    {
      flags: '--task <file>',
      description:
        'JSON: {name, kind: classify|extract|tools|rewrite, instructions, labels|schema|tools, noAnswerLabel?, highStakes?}',
    },
  ],
  examples: ['stillroom new triage.stillroom --task task.json'],
  schema: z.object({ task: z.string() }),
  async run({ args, options, passphrase }) {
    const path = args[0]!;
    const task = parseTask(readJson(options.task));
    createProject(path, task, passphrase);
    const isEncrypted = passphrase !== undefined;
    return {
      value: { project: path, task: task.name, kind: task.kind, encrypted: isEncrypted },
      text: `Created ${path} for "${task.name}" (${task.kind})${isEncrypted ? ', encrypted' : ''}. Next: stillroom import ${shellWord(path)} FILE`,
    };
  },
});

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw toFileError(error, path);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('task.invalid', `${path} is not JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
