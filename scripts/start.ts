import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildWindow } from './build-window.ts';
import { findElectron } from './electron.ts';

// npm start: builds the app where the source is newer, finds an Electron and opens the window.

const root = fileURLToPath(new URL('..', import.meta.url));
try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function start(args: readonly string[]): Promise<number> {
  if (isWithoutDisplay()) {
    console.error(
      'There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can be opened. Everything also works on the command line: npm run -s stillroom -- --help',
    );
    return 1;
  }
  buildWindow();
  const { executable, isStandIn, switches } = await findElectron();
  if (isStandIn)
    console.error(
      'Electron cannot be downloaded here, so an older one from npm stands in for it, for development only.',
    );
  const sandbox = isRoot() ? ['--no-sandbox'] : [];
  const child = spawn(executable, [root, ...sandbox, ...switches, ...args], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (error) => {
      console.error(`Electron did not start: ${error.message}.`);
      resolve(1);
    });
  });
}

function isWithoutDisplay(): boolean {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/** Chromium cannot sandbox a process of root's, as in a container. */
function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
