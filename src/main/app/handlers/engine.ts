import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { engineMethods } from '../../../shared/contract/engine.ts';
import { examine } from '../doctor.ts';
import type { HandlersOf } from '../session-context.ts';

export const engineHandlers: HandlersOf<typeof engineMethods> = {
  async 'engine.diagnostics'() {
    return {
      version: packageVersion(),
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      pid: process.pid,
      memoryBytes: process.memoryUsage().rss,
      uptimeSeconds: process.uptime(),
      symptoms: await examine(),
    };
  },
};

function packageVersion(): string {
  const file = new URL('../../../../package.json', import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
