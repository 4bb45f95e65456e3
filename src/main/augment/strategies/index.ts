import { edgeCase } from './edge-case.ts';
import { hardNegative } from './hard-negative.ts';
import { injection } from './injection.ts';
import { noAnswer } from './no-answer.ts';
import { paraphrase } from './paraphrase.ts';
import type { Strategy } from './strategy.ts';
import { topUp } from './top-up.ts';
import { typos } from './typos.ts';
import { unicode } from './unicode.ts';

/** Every way to make new rows. To add one: a file beside this one and a line here. */
export const strategies: readonly Strategy[] = [
  hardNegative,
  edgeCase,
  paraphrase,
  topUp,
  noAnswer,
  injection,
  typos,
  unicode,
];
