import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onDisplay } from '../../scripts/on-display.ts';

const script = fileURLToPath(new URL('../e2e/bench/window.ts', import.meta.url));

/** The real window on a project of a million rows, in a process of its own, on a virtual display where there is none. */
async function run() {
  const [command, args] = onDisplay([script]);
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('The window could not be measured.');
  // The last line is what the script prints.
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

export default { id: 'window', run };
