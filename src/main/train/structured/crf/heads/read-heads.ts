import { type Calibration, softmax } from './calibration.ts';
import type { Head } from './heads.ts';

/** What a head answers. */
export interface Answer {
  /** Which answers apply; of a slot, none of them for an absent value. */
  readonly chosen: readonly number[];
  /** Probability that all of this is right. */
  readonly probability: number;
}

/** Calibrated probabilities of a head's answers. Shapes: scores, mentions [columns of all heads]; result [size]. */
export function toProbabilities(
  { slot, mode, from, size }: Head,
  { scale, mention, absent }: Calibration,
  scores: Float32Array,
  mentions: Float32Array,
): number[] {
  const isAbsent = (i: number) => mode === 'many' || (slot >= 0 && i === size - 1);
  const calibrated = Array.from(
    { length: size },
    (_, i) =>
      scale * scores[from + i]! + mention * mentions[from + i]! + (isAbsent(i) ? absent : 0),
  );
  return mode === 'one' ? softmax(calibrated) : calibrated.map((z) => 1 / (1 + Math.exp(-z)));
}

/** The likeliest answer. */
export function readHead(
  head: Head,
  calibration: Calibration,
  scores: Float32Array,
  mentions: Float32Array,
): Answer {
  const probabilities = toProbabilities(head, calibration, scores, mentions);
  if (head.mode === 'many')
    return {
      chosen: [...probabilities.keys()].filter((i) => probabilities[i]! > 0.5),
      probability: probabilities.reduce((product, p) => product * Math.max(p, 1 - p), 1),
    };
  const probability = Math.max(...probabilities);
  const best = probabilities.indexOf(probability);
  const isAbsent = head.slot >= 0 && best === head.size - 1;
  return { chosen: isAbsent ? [] : [best], probability };
}
