import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { makeFolders, toFileError } from '../../lib/files.ts';
import { defineCommand } from '../command.ts';
import { runWorkflow } from '../demo/workflow.ts';

const sampleFolder = fileURLToPath(new URL('../../../../sample', import.meta.url));
/** Marks a folder as the demo's own, which it may empty. */
const MARKER = '.stillroom-demo';

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'The whole workflow on the bundled sample, with a report; nothing leaves this computer',
  args: [],
  options: [
    { flags: '--dir <folder>', description: 'where the files go (default ./stillroom-demo)' },
  ],
  examples: ['stillroom demo', 'stillroom demo --dir /tmp/demo --json'],
  schema: z.object({ dir: z.string().default('stillroom-demo') }),
  async run({ options, work, say }) {
    const folder = resolve(options.dir);
    prepare(folder);
    return runWorkflow({ folder, sampleFolder, work, say });
  },
});

/** Makes an empty folder; one with anything of somebody else's in it is left alone. */
function prepare(folder: string): void {
  const isOwn = existsSync(join(folder, MARKER));
  if (existsSync(folder) && !isOwn && readdirSync(folder).length > 0)
    throw new AppError(
      'file.exists',
      `${folder} holds other files and was not touched. Choose an empty folder with --dir.`,
    );
  if (isOwn) rmSync(folder, { recursive: true });
  try {
    makeFolders(folder);
    writeFileSync(
      join(folder, MARKER),
      'Made by "stillroom demo", which may replace everything in this folder.\n',
    );
  } catch (error) {
    throw toFileError(error, folder);
  }
}
