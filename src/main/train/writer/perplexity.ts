import type { Work } from '../../lib/work.ts';
import { pauseWhenDue } from '../pause.ts';
import type { Generator } from './generate.ts';
import type { WriterRow } from './rows.ts';

/**
 * exp(-mean ln p) over the tokens of the rows' outputs, their ends included: among how many tokens a model hesitates.
 * @see Jelinek et al., "Perplexity: a measure of the difficulty of speech recognition tasks", 1977
 */
export async function measurePerplexity(
  generator: Generator,
  rows: readonly Pick<WriterRow, 'ids' | 'saidFrom'>[],
  work: Work,
): Promise<number> {
  const pause = pauseWhenDue(work.signal);
  let sum = 0;
  let tokens = 0;
  for (const { ids, saidFrom } of rows) {
    sum += await generator.logProbability(ids, saidFrom);
    tokens += ids.length - saidFrom;
    await pause();
  }
  return Math.exp(-sum / tokens);
}
