import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { Task } from '../../shared/domain/task.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { Rng } from '../lib/rng.ts';
import type { Draft, Drafter } from './draft.ts';
import type { Aim, LocalStrategy } from './strategies/strategy.ts';

/** One seed gives so many drafts at the most in a run. */
const MAX_PASSES = 5;
const MAX_BATCH = 512;
const MIN_BATCH = 16;
const YIELD_EVERY = 200;

/** Makes drafts by rule, seed by seed and over again; the same random numbers make the same drafts. */
export function createLocalDrafter(
  strategy: LocalStrategy,
  aims: readonly Aim[],
  task: Task,
  rng: Rng,
): Drafter {
  let made = 0;
  const end = aims.length * MAX_PASSES;
  return {
    async next(wanted, work) {
      const size = Math.min(MAX_BATCH, Math.max(MIN_BATCH, wanted));
      const drafts: Draft[] = [];
      while (drafts.length < size && made < end) {
        if (made % YIELD_EVERY === 0) {
          throwIfCancelled(work.signal);
          await yieldToEvents();
        }
        const aim = aims[made++ % aims.length]!;
        const text = strategy.make(aim, { task, rng });
        if (text !== undefined) drafts.push({ aim, text, rawText: text, replyId: null });
      }
      return drafts;
    },
  };
}
