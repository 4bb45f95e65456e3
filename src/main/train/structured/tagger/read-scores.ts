import type { Lattice } from '../crf/lattice.ts';
import type { Parse } from '../structured-student.ts';
import type { ChoiceHead } from './choice-heads.ts';
import type { Layout } from './layout.ts';
import type { Pieces } from './pieces.ts';

/** What a model says of one text. Shapes: frames [F], emissions [W, T], choices [C]. */
export interface TextScores {
  readonly frames: Float32Array;
  readonly emissions: Float32Array;
  readonly choices: Float32Array;
}

/** Turns scores into the most probable frame, and under it the most probable tags and choices. */
export function createScoreReader(
  { tagSet, choices: { heads, ofFrames } }: Layout,
  lattice: Lattice,
) {
  return (
    { frames, emissions, choices }: TextScores,
    { words, wordCount }: Pick<Pieces, 'words' | 'wordCount'>,
  ): Omit<Parse, 'unseenShare'> => {
    const frame = findLargest(frames);
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
  const best = findLargest(scores);
  return {
    slot,
    chosen: best === count - 1 ? [] : [best],
    probability: softmax(scores)[best]!,
  };
}

/** The first of the largest; 0 where none is a number. */
function findLargest(scores: Float32Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  return best;
}

function softmax(scores: Float32Array): number[] {
  const top = Math.max(...scores);
  const shares = Array.from(scores, (score) => Math.exp(score - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
