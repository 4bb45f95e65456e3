import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Example } from '../store/examples.ts';

const ROWS_BETWEEN_PAUSES = 256;

/** Visits every row that is not rejected, telling how far it is and letting others run in between. */
export async function eachRow(
  examples: readonly Example[],
  message: string,
  work: Work,
  visit: (example: Example) => void,
): Promise<void> {
  for (const [index, example] of examples.entries()) {
    if (index % ROWS_BETWEEN_PAUSES === 0) {
      throwIfCancelled(work.signal);
      work.report({ done: index, total: examples.length, message });
      await yieldToEvents();
    }
    if (example.status !== 'rejected') visit(example);
  }
}
