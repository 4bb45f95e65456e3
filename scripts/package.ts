import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { buildWindow } from './build-window.ts';
import { createConfiguration } from './packaging/configuration.ts';

// npm run package: an installer for this system, or with --dir only the folder that it would install.
// --electron FOLDER takes an Electron that is already there. A package for Debian must name who publishes it and a page
// about the program: --maintainer 'NAME <ADDRESS>' --homepage URL; without them, Linux gets an AppImage alone.

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    electron: { type: 'string' },
    out: { type: 'string' },
    maintainer: { type: 'string' },
    homepage: { type: 'string' },
  },
});
const { maintainer, homepage } = values;
if (process.platform === 'linux' && !values.dir && !(maintainer && homepage))
  console.error(
    "No package for Debian is made, since it must name who publishes it: --maintainer 'NAME <ADDRESS>' --homepage URL.",
  );
buildWindow();
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;
const made = await build({
  targets: Platform.current().createTarget(values.dir ? 'dir' : null, arch),
  config: createConfiguration({
    ...(values.electron ? { electronDist: values.electron } : {}),
    ...(values.out ? { output: values.out } : {}),
    ...(maintainer && homepage ? { publisher: { maintainer, homepage } } : {}),
  }),
  publish: 'never',
});
for (const path of made) console.log(path);
