import { z } from 'zod';
import { curateProject } from '../../app/curate-project.ts';
import { openProject } from '../../app/project.ts';
import { defineCommand } from '../command.ts';
import { commaList, wholeNumber } from '../options.ts';

export const curateCommand = defineCommand({
  name: 'curate',
  summary: 'Check the data: duplicates, doubtful labels, leaks between splits, personal data',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    { flags: '--checks <list>', description: 'only these, such as schema,label-error' },
    { flags: '--seed <number>', description: 'of the random numbers (default 1)' },
  ],
  examples: [
    'stillroom curate triage.stillroom',
    'stillroom curate triage.stillroom --checks near-duplicate,contamination --json',
  ],
  schema: z.object({ checks: commaList.optional(), seed: wholeNumber.default(1) }),
  async run({ args, options, passphrase, work }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const result = await curateProject(project, options, work);
      const lines = [
        ...Object.entries(result.findings).map(
          ([id, count]) => `${String(count).padStart(7)} ${id}`,
        ),
        '',
        ...result.gates.map(({ id, status, message }) => `${signs[status]} ${id}: ${message}`),
      ];
      return { value: { ...result }, text: lines.join('\n') };
    } finally {
      project.close();
    }
  },
});

const signs = { pass: '✓', warn: '!', fail: '✖' } as const;
