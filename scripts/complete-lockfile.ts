// Adds to package-lock.json the optional packages of other systems that the registry at hand could not name.
// Without them "npm ci" calls the lockfile incomplete. Usage: node scripts/complete-lockfile.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findMissing, type Lockfile } from './lockfile/find-missing.ts';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
const missing = findMissing(lockfile);
for (const { name, version, isDev } of missing)
  lockfile.packages[`node_modules/${name}`] = {
    version,
    ...systemOf(name),
    ...(isDev && { dev: true }),
    optional: true,
  };
const sorted = Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(
  path,
  `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
process.stdout.write(`${missing.length} packages of other systems added\n`);

/** `@scope/binding-linux-x64-musl` runs on os linux, cpu x64, libc musl. */
function systemOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const [, os, cpu, abi] =
    /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name) ?? [];
  if (!os || !cpu) throw new Error(`${name}: its system can't be read from its name`);
  const libc = { musl: 'musl', musleabihf: 'musl', gnu: 'glibc', gnueabihf: 'glibc' }[abi ?? ''];
  return { os: [os], cpu: [cpu], ...(libc && os === 'linux' && { libc: [libc] }) };
}
