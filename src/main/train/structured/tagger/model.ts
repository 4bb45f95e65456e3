import type { EncoderWeights } from '../../backbones/stored-encoder.ts';
import type { CrfModel } from '../crf/fit-crf.ts';
import type { Transitions } from '../crf/lattice.ts';
import { transitionsOf } from './form-objective.ts';

/** Two models of the same tags and heads, each trained alone. */
export interface TaggerModel {
  readonly wide: CrfModel;
  /** Encoder, heads and transitions. */
  readonly deep: EncoderWeights;
}

/**
 * How much each counts in the sums. On 700 validation rows of SNIPS, after training on 1,000, values are all right in
 * 69.7 % by word features alone, 72.1 by the encoder, 75.3 together; at this size the sums' probabilities are best, too.
 */
export const shares = { wideTags: 0.7, deepTags: 0.5, deepScores: 1 };

/** What tags score beside their emissions, both models together. */
export function sumTransitions({ wide, deep }: TaggerModel): Transitions {
  const own = transitionsOf(Object.fromEntries(deep.parameters));
  const sum = (name: keyof Transitions) =>
    own[name].map(
      (score, i) => shares.deepTags * score + shares.wideTags * wide.decoder.transitions[name][i]!,
    );
  return { transitions: sum('transitions'), starts: sum('starts'), ends: sum('ends') };
}
