import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onDisplay } from './on-display.ts';

// npm run test:e2e: the tests in the real window, on a virtual display where there is none.

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts'];

try {
  const [command, args] = onDisplay([...vitest, ...process.argv.slice(2)]);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
