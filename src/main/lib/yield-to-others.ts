import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Of a priority from -20 to 19: one step down is a fifth less of a contested processor, ten are nine tenths. */
const STEPS_DOWN = 10;
const LOWEST = 19;

/**
 * Lets whoever shares the machine go first, such as a window that has to draw: all threads of this process, and those
 * that they start from now on, take what processor time is left. Without a rival nothing is slower. There is no way
 * back up without the rights of an administrator.
 */
export function yieldToOthers(): void {
  const priority = Math.min(LOWEST, getPriority() + STEPS_DOWN);
  for (const thread of threadsOfThisProcess()) {
    try {
      setPriority(thread, priority);
    } catch {
      // A thread that has ended since; or a system that refuses this, where work goes on as it would have.
    }
  }
}

/** Linux keeps a priority for each thread, under the thread's own number; elsewhere it is the process's (0: this one). */
function threadsOfThisProcess(): number[] {
  if (process.platform !== 'linux') return [0];
  return readdirSync('/proc/self/task').map(Number);
}
