import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../scripts/package.ts', import.meta.url));

/** Packages the app around the Electron at hand, as `npm run package` does; answers the folder of the result. */
export function packageApp(electronFolder: string, output: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, '--dir', '--electron', electronFolder, '--out', output],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}\nThe app could not be packaged.`);
  return join(output, 'linux-unpacked');
}
