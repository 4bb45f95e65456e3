import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors.ts';

const INTERVAL_MS = 40;

/**
 * Lets long synchronous work breathe: await it between small steps; every 40 ms it gives way to other events and
 * throws when cancelled.
 */
export function pauseWhenDue(signal: AbortSignal): () => Promise<void> | undefined {
  let lastMs = performance.now();
  return () => {
    if (performance.now() - lastMs < INTERVAL_MS) return undefined;
    return breathe();
  };
  async function breathe(): Promise<void> {
    await setImmediate();
    throwIfCancelled(signal);
    lastMs = performance.now();
  }
}
