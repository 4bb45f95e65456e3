import { z } from 'zod';
import { openProject } from '../../app/project.ts';
import { listFindings } from '../../curate/list-findings.ts';
import { counted } from '../../lib/counted.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { defineCommand } from '../command.ts';

export const findingsCommand = defineCommand({
  name: 'findings',
  summary: 'List what the checks found, the worst first, one JSON object a line',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    { flags: '--check <id>', description: 'of one check only' },
    { flags: '--flagged', description: 'only what lies below the cut and is not resolved' },
    { flags: '--out <file>', description: 'write the lines to a file' },
  ],
  examples: [
    'stillroom findings triage.stillroom --check label-error --out doubts.jsonl',
    'stillroom findings triage.stillroom --flagged',
  ],
  schema: z.object({
    check: z.string().optional(),
    flagged: z.boolean().default(false),
    out: z.string().optional(),
  }),
  async run({ args, options, passphrase }) {
    const project = openProject(args[0]!, { mode: 'read', passphrase });
    try {
      const found = [...listFindings(project.store, options.check, options.flagged)];
      const lines = found.map((finding) => JSON.stringify(finding)).join('\n');
      if (options.out === undefined)
        return { value: { count: found.length, findings: found }, text: lines };
      writeFileAtomic(options.out, lines === '' ? '' : `${lines}\n`);
      return {
        value: { count: found.length, file: options.out },
        text: `Wrote ${counted(found.length, 'finding')} to ${options.out}.`,
      };
    } finally {
      project.close();
    }
  },
});
