import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from 'electron-builder';
import { notShipped } from './not-shipped.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What can be switched off in Electron's own program, so that the shipped app runs our code and no other. */
const electronFuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

/** Native code stays outside of the archive, since no system can load it from within. */
const nativeFiles = ['**/*.node', '**/*.{so,so.*,dylib,dll}'];

const files = [
  'out/**',
  'sample/**',
  'package.json',
  'LICENSE',
  '!**/*.{map,d.ts,d.mts,d.cts}',
  ...notShipped.map((name) => `!node_modules/${name}{,/**}`),
  // Of packages that bring code for every system, what this one runs.
  '!node_modules/onnxruntime-node/{bin,script}/**',
  `node_modules/onnxruntime-node/bin/napi-v6/\${platform}/\${arch}/**`,
  '!node_modules/better-sqlite3/{deps,src,prebuilds}/**',
  `node_modules/better-sqlite3/prebuilds/\${platform}-\${arch}.node`,
  // Sources and builds that nothing of ours imports.
  '!node_modules/echarts/{build,dist,i18n,map,ssr,theme,types}{,/**}',
  '!node_modules/openai/src/**',
  '!node_modules/zod/src/**',
  '!node_modules/*/{test,tests,docs,website}/**',
];

/** Who publishes a package for Debian, which must name both; no address is made up. */
export interface Publisher {
  /** `Name <address>` */
  readonly maintainer: string;
  /** The address of a page about the program. */
  readonly homepage: string;
}

export interface Choices {
  /** A folder with an Electron, instead of the one that electron-builder would download. */
  readonly electronDist?: string;
  readonly output?: string;
  /** Without one there is no package for Debian. */
  readonly publisher?: Publisher;
}

/** How the installers are made: https://www.electron.build. Nothing is published, and nothing updates itself. */
export function createConfiguration({ electronDist, output = 'dist', publisher }: Choices = {}) {
  return {
    appId: 'app.stillroom.Stillroom',
    productName: 'Stillroom',
    copyright: 'MIT licence, the Stillroom authors',
    directories: { output, buildResources: 'packaging' },
    electronDist: electronDist ?? null,
    electronFuses,
    files,
    asar: { smartUnpack: false },
    asarUnpack: nativeFiles,
    // Prebuilt for Node-API, which every Electron since 12 understands.
    npmRebuild: false,
    publish: null,
    ...(publisher && { extraMetadata: { homepage: publisher.homepage } }),
    fileAssociations: [
      {
        ext: 'stillroom',
        name: 'Stillroom project',
        description: 'Stillroom project',
        mimeType: 'application/x-stillroom',
        role: 'Editor',
      },
    ],
    /** An Electron at hand may bring an app of its own, and the address from which that one is updated. */
    afterExtract: ({ appOutDir }) => {
      for (const name of ['app', 'default_app.asar', 'app-update.yml'])
        rmSync(join(appOutDir, 'resources', name), { recursive: true, force: true });
    },
    linux: {
      target: publisher ? ['AppImage', 'deb'] : ['AppImage'],
      executableName: 'stillroom',
      category: 'Office',
      synopsis: 'Distil a large model into a small, private one',
      icon: join(root, 'packaging/icons'),
      ...(publisher && { maintainer: publisher.maintainer }),
    },
    deb: { packageCategory: 'science' },
    // ONNX Runtime has no build for Macs with Intel's processors any more.
    mac: {
      target: [
        { target: 'dmg', arch: ['arm64'] },
        { target: 'zip', arch: ['arm64'] },
      ],
      category: 'public.app-category.productivity',
      icon: join(root, 'packaging/icons/icon.icns'),
      hardenedRuntime: true,
    },
    win: {
      target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
      icon: join(root, 'packaging/icons/icon.ico'),
    },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
  } as const satisfies Configuration;
}
