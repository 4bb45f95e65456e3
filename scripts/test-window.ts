import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// npm run test:e2e: the tests in the real window, on a virtual display where there is none.

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts'];
const args = [...vitest, ...process.argv.slice(2)];
const isHeadless =
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const packages = 'xvfb xauth libgtk-3-0 libnss3 libgbm1 libasound2 unzip';

if (isHeadless && spawnSync('which', ['xvfb-run']).status !== 0) {
  console.error(
    `There is no display and no xvfb-run, so the window was not tested. Install them: apt-get install --no-install-recommends ${packages}`,
  );
  process.exit(1);
}
const display = ['-a', '-s', '-screen 0 1920x1080x24', process.execPath];
const [command, ...rest] = isHeadless ? ['xvfb-run', ...display] : [process.execPath];
const { status } = spawnSync(command!, [...rest, ...args], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
