import type { Lattice } from '../crf/lattice.ts';
import type { TagSet } from '../crf/tags.ts';
import type { Parse } from '../structured-student.ts';
import type { Words } from '../words/words.ts';
import type { ChoiceHead, ChoiceHeads } from './choice-heads.ts';

/** What a model says of one text. Shapes: frames [F], emissions [W, T], choices [C]. */
export interface TextScores {
  readonly frames: Float32Array;
  readonly emissions: Float32Array;
  readonly choices: Float32Array;
}

/** Turns scores into the most probable frame, and under it the most probable tags and choices. */
export function createScoreReader(
  tagSet: TagSet,
  { heads, ofFrames }: ChoiceHeads,
  lattice: Lattice,
) {
  return (
    { frames, emissions, choices }: TextScores,
    words: Words,
    wordCount: number,
  ): Omit<Parse, 'unseenShare'> => {
    const frame = frames.indexOf(Math.max(...frames));
    const { spans, probability } = lattice.decode(emissions, wordCount, frame);
    return {
      frame,
      frameProbability: softmax(frames)[frame]!,
      pathProbability: probability,
      spans: spans.map(({ k, from, to, probability: own }) => ({
        slot: tagSet.slots[k]!,
        start: words.starts[from]!,
        end: words.ends[to - 1]!,
        probability: own,
      })),
      choices: ofFrames[frame]!.map((head) => readChoice(heads[head]!, choices)),
    };
  };
}

function readChoice({ slot, start, count, takesMany }: ChoiceHead, all: Float32Array) {
  const scores = all.subarray(start, start + count);
  if (takesMany) {
    const chosen = [...scores.keys()].filter((choice) => scores[choice]! > 0);
    // Each is right with σ(|z|).
    const probability = scores.reduce((product, z) => product / (1 + Math.exp(-Math.abs(z))), 1);
    return { slot, chosen, probability };
  }
  const best = scores.indexOf(Math.max(...scores));
  return {
    slot,
    chosen: best === count - 1 ? [] : [best],
    probability: softmax(scores)[best]!,
  };
}

function softmax(scores: Float32Array): number[] {
  const top = Math.max(...scores);
  const shares = Array.from(scores, (score) => Math.exp(score - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
