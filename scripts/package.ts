import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { buildWindow } from './build-window.ts';
import { createConfiguration } from './packaging/configuration.ts';

// npm run package: an installer for this system, or with --dir only the folder that it would install.
// --electron FOLDER takes an Electron that is already there.

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    electron: { type: 'string' },
    out: { type: 'string' },
  },
});
buildWindow();
const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;
const made = await build({
  targets: Platform.current().createTarget(values.dir ? 'dir' : null, arch),
  config: createConfiguration({
    ...(values.electron ? { electronDist: values.electron } : {}),
    ...(values.out ? { output: values.out } : {}),
  }),
  publish: 'never',
});
for (const path of made) console.log(path);
