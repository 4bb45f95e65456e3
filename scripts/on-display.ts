import { spawnSync } from 'node:child_process';

const packages = 'xvfb xauth libgtk-3-0 libnss3 libgbm1 libasound2 unzip';

/**
 * How to run a script that opens windows: by Node as it is, or on a virtual display where there is none.
 * @throws Error when there is neither, with what to install
 */
export function onDisplay(args: readonly string[]): [command: string, args: readonly string[]] {
  const { platform, env, execPath } = process;
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return [execPath, args];
  if (spawnSync('which', ['xvfb-run']).status !== 0)
    throw new Error(
      `There is no display and no xvfb-run, so no window can be opened. Install them: apt-get install --no-install-recommends ${packages}`,
    );
  return ['xvfb-run', ['-a', '-s', '-screen 0 1920x1080x24', execPath, ...args]];
}
