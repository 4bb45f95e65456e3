import { z } from 'zod';
import { openProject } from '../../app/project.ts';
import { splitProject } from '../../app/split-project.ts';
import { counted } from '../../lib/counted.ts';
import { defineCommand } from '../command.ts';
import { fraction, wholeNumber } from '../options.ts';

export const splitCommand = defineCommand({
  name: 'split',
  summary: 'Deal rows into holdout, calibration and training, related rows together',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    { flags: '--holdout <share>', description: 'of the labelled real rows, such as 0.2 (default)' },
    { flags: '--calibration <share>', description: 'of the same, such as 0.1 (default)' },
    { flags: '--seed <number>', description: 'equal seeds deal equally (default 1)' },
  ],
  examples: ['stillroom split triage.stillroom --holdout 0.2 --calibration 0.1 --seed 7'],
  schema: z.object({
    holdout: fraction.default(0.2),
    calibration: fraction.default(0.1),
    seed: wholeNumber.default(1),
  }),
  async run({ args, options, passphrase, work }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const result = await splitProject(project, options, work);
      const { train, calibration, holdout, unassigned, keptOut, groups } = result;
      return {
        value: { ...result },
        text: [
          `Holdout ${holdout}, calibration ${calibration}, training ${train}, unassigned ${unassigned} (${counted(groups, 'group')}).`,
          ...(keptOut > 0
            ? [`Kept out of training, being related to held-out rows: ${counted(keptOut, 'row')}.`]
            : []),
        ].join('\n'),
      };
    } finally {
      project.close();
    }
  },
});
