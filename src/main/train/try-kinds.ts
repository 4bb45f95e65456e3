import { unlessFinishing, type Work } from '../lib/work.ts';
import { withMeasured } from './early-end.ts';
import type { Tally } from './kept.ts';
import { withStage } from './with-stage.ts';

/**
 * Tries kinds of student in turn, each on the same rows held out; the best first. Asked to finish, it goes by those that
 * were tried whole: a later kind is cut off, since a count over fewer rows, or of half a training, compares nothing. The
 * first one is to end by itself with what it has.
 */
export async function tryKinds<
  Kind extends { readonly id: string },
  Trial extends { readonly right: number; readonly kept: Tally },
>(
  kinds: readonly Kind[],
  work: Work,
  attempt: (kind: Kind, work: Work) => Promise<Trial>,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const kind of kinds) {
    const best = trials[0];
    const trying = withStage(withMeasured(work, best?.kept), `Trying ${kind.id} on held-out rows`);
    const own = (watched: Work) => attempt(kind, watched);
    const trial = best ? await unlessFinishing(trying, own) : await own(trying);
    if (!trial) break;
    trials.push(trial);
    trials.sort((a, b) => b.right - a.right);
  }
  return trials;
}
