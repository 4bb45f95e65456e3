import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { engineMethods } from '../../../shared/contract/engine.ts';
import { AppError } from '../../../shared/errors.ts';
import { unwatched } from '../../lib/work.ts';
import { assertProvider } from '../../train/provider/assert-provider.ts';
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
  async 'engine.checkProvider'(_context, { provider }) {
    try {
      await assertProvider(provider, unwatched);
      return { problem: null };
    } catch (error) {
      if (error instanceof AppError && error.code === 'train.provider')
        return { problem: error.message };
      throw error;
    }
  },
};

function packageVersion(): string {
  const file = new URL('../../../../package.json', import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
