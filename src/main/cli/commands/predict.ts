import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { predictFile } from '../../app/predict-file.ts';
import { counted } from '../../lib/counted.ts';
import { variants } from '../../train/students/student.ts';
import { defineCommand } from '../command.ts';
import { tableOptions, tableSchema, wholeNumber } from '../options.ts';

export const predictCommand = defineCommand({
  name: 'predict',
  summary:
    'Answer each row of a file with a student: {id, output, confidence, route} a line; of objects and calls what is missing, too',
  args: [{ name: 'folder', description: 'the student folder' }],
  options: [
    {
      flags: '--in <file>',
      description: 'rows of {id, text, context?}: JSON Lines, CSV, or any file that import reads',
    },
    { flags: '--out <file>', description: 'JSON Lines, written whole or not at all; - to print' },
    {
      flags: '--variant <id>',
      description: `${variants.join(' or ')}; the one that the student's card says answers when left out`,
    },
    { flags: '--threads <number>', description: 'processor threads to use (default 1)' },
    ...tableOptions,
  ],
  examples: [
    'stillroom predict triage.stillroom.files/students/linear-1 --in new.jsonl --out answers.jsonl',
    'stillroom predict student --in new.csv --out -',
  ],
  schema: z.object({
    in: z.string(),
    out: z.string(),
    variant: z.enum(variants).optional(),
    ...tableSchema,
    threads: wholeNumber.refine((threads) => threads >= 1, 'needs at least 1').default(1),
  }),
  async run({ args, options, passphrase, work, isJson, say }) {
    const { in: input, out: output, project, table, ...rest } = options;
    if (isJson && output === '-')
      throw new AppError(
        'app.usage',
        'With --json standard output holds one JSON object, so the answers need a file: --out FILE. Nothing was read.',
      );
    const result = await predictFile(
      { folder: args[0]!, input, output, ...rest, tables: { project, passphrase, files: table } },
      work,
    );
    for (const line of result.unfilled) say(`! ${line}`);
    const shares = Object.entries(result.routed).map(([route, count]) => `${count} ${route}`);
    const lacking =
      result.incomplete > 0
        ? ` In ${result.incomplete} something that the answer needs was not found in the text; "missing" names it.`
        : '';
    const text = `Answered ${counted(result.rows, 'row')}${shares.length > 0 ? `: ${shares.join(', ')}` : ''}.${lacking}`;
    if (output !== '-') return { value: { ...result }, text: `${text} Written to ${output}.` };
    say(text);
    return { value: { ...result }, text: '' };
  },
});
