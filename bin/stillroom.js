#!/usr/bin/env node
// Plain JavaScript for any Node: the product needs a newer one, and must say so instead of crashing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MINIMUM = [22, 18];
const [major, minor] = process.versions.node.split('.').map(Number);
const isSupported = major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);

if (isSupported) {
  await import('../src/main/cli.ts');
} else {
  const bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (existsSync(bundled) && process.env.STILLROOM_REEXEC !== '1') {
    const child = spawnSync(bundled, process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...process.env, STILLROOM_REEXEC: '1' },
    });
    process.exit(child.status ?? 1);
  }
  process.stderr.write(
    `Stillroom needs Node ${MINIMUM.join('.')} or newer; this is Node ${process.versions.node}. ` +
      'Install a newer Node from https://nodejs.org, or run "npm ci" here, which brings one along on Linux.\n',
  );
  process.exit(1);
}
