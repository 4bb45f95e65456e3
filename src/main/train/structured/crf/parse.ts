import type { FormPlan, Parse } from '../structured-student.ts';
import type { Words } from '../words/words.ts';
import type { Decoder } from './decoder.ts';
import { createMentionReader } from './heads/mentions.ts';
import { readHead } from './heads/read-heads.ts';
import { createLattice } from './lattice.ts';

/** What the model says of a text. Shapes: emissions [L, T], scores [columns of the heads]. */
export interface ModelScores {
  readonly emissions: Float32Array;
  readonly scores: Float32Array;
  readonly unseenShare: number;
}

/** Turns scores into parses: the frame first, then its values under its mask, and its choices. */
export function createParseReader(
  { form }: FormPlan,
  decoder: Decoder,
): (words: Words, scores: ModelScores) => Parse {
  const { tagSet, heads, calibrations } = decoder;
  const lattice = createLattice(tagSet, decoder.transitions);
  const readMentions = createMentionReader(decoder.answerWords);
  return (words, { emissions, scores, unseenShare }) => {
    const mentions = readMentions(words.text);
    const answer = (h: number) => readHead(heads[h]!, calibrations[h]!, scores, mentions);
    const framed = answer(0);
    const frame = framed.chosen[0]!; // a frame is never absent; "no call" is one
    const own = form.frames[frame]?.slots ?? [];
    const decoded = lattice.decode(emissions, words.starts.length, frame);
    return {
      frame,
      frameProbability: framed.probability,
      spans: decoded.spans.map(({ k, from, to, probability }) => ({
        slot: tagSet.slots[k]!,
        start: words.starts[from]!,
        end: words.ends[to - 1]!,
        probability,
      })),
      pathProbability: decoded.probability,
      choices: heads.flatMap(({ slot }, h) => (own.includes(slot) ? { slot, ...answer(h) } : [])),
      unseenShare,
    };
  };
}
