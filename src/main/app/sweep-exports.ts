import { z } from 'zod';
import { removeDrafts } from '../export/write-folder.ts';
import type { Store } from '../store/store.ts';

const configSchema = z.object({ folder: z.string() });

/** Half-written exports hold records' texts: those of jobs that died are removed by the project's next writer. */
export function sweepExports(store: Store): void {
  for (const { kind, state, config } of store.jobs.list()) {
    if (kind !== 'export' || state !== 'interrupted') continue;
    const parsed = configSchema.safeParse(config);
    if (parsed.success) removeDrafts(parsed.data.folder);
  }
}
