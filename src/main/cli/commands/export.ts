import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ExportOutcome } from '../../../shared/contract/export.ts';
import { exportProject } from '../../app/export-project.ts';
import { openProject } from '../../app/project.ts';
import { formats } from '../../export/formats/index.ts';
import { counted } from '../../lib/counted.ts';
import { defineCommand, type Outcome } from '../command.ts';

const formatIds = [...Object.keys(formats), 'student'];

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write the approved rows that may leave as a data set, or a student, into a new folder',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    { flags: '--format <id>', description: formatIds.join(', ') },
    { flags: '--out <folder>', description: 'a folder that does not exist yet, or is empty' },
    {
      flags: '--include-private',
      description: 'also write private rows; outside the project nothing protects them',
    },
    { flags: '--student <id>', description: 'with --format student: which; else the newest' },
    { flags: '--draft', description: 'with --format student: although a quality gate fails' },
  ],
  examples: [
    'stillroom export triage.stillroom --format openai-chat --out dataset',
    'stillroom export triage.stillroom --format student --out student',
  ],
  schema: z.object({
    format: z.enum(formatIds),
    out: z.string().min(1),
    includePrivate: z.literal(true).optional(),
    student: z.string().optional(),
    draft: z.literal(true).optional(),
  }),
  async run({ args, options, passphrase, work }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const result = await exportProject(
        project,
        {
          format: options.format,
          folder: options.out,
          includePrivate: options.includePrivate === true,
          isDraft: options.draft === true,
          studentId: options.student,
        },
        work,
      );
      return { value: toValue(result), text: tellResult(result) };
    } finally {
      project.close();
    }
  },
});

/** With absolute paths, which hold wherever the reader of the JSON stands. */
function toValue(result: ExportOutcome): Outcome['value'] {
  const folder = resolve(result.folder);
  if ('studentId' in result) return { ...result, folder };
  const files = result.files.map((file) => ({ ...file, path: join(folder, file.path) }));
  return { ...result, folder, files };
}

function tellResult(result: ExportOutcome): string {
  if ('studentId' in result)
    return `Exported student ${result.studentId} to ${result.folder}${result.draft ? ' as a draft: its card lists the gates that fail' : ''}.`;
  const rows = result.files.reduce((sum, file) => sum + file.rows, 0);
  const reasons = Object.entries(result.refusedReasons).map(([reason, n]) => `${n} ${reason}`);
  return [
    `Exported ${counted(rows, 'row')} to ${result.folder}:`,
    ...result.files.map((file) => `  ${file.path}  ${counted(file.rows, 'row')}  ${file.sha256}`),
    ...(result.refused > 0 ? [`Left out: ${result.refused} (${reasons.join(', ')}).`] : []),
    ...(result.containsPrivateText
      ? ['! These files contain private text. Outside the project Stillroom cannot protect it.']
      : []),
  ].join('\n');
}
