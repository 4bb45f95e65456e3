import { type Calibration, FACT_COUNT, softmax } from './calibration.ts';
import type { Head } from './heads.ts';
import type { Mention } from './mentions.ts';

/** Keeps evidence finite: what is sure counts as this far from certain. */
const DOUBT = 0.01;

/** What a head answers. */
export interface Answer {
  /** Which answers apply; of a slot, none of them for an absent value. */
  readonly chosen: readonly number[];
  /** Probability that all of this is right. */
  readonly probability: number;
}

/** What is known of a text. Shapes: scores, mentions, named [columns of all heads]. */
export interface TextFacts {
  readonly scores: Float32Array;
  readonly deepScores?: Float32Array | undefined;
  readonly mentions: readonly Mention[];
  /** Probability that the answer is named as this slot's value in the text. */
  readonly named: Float32Array;
}

/** The facts of each answer of a head, one after the other (see `FACT_COUNT`). Shapes: result [size, FACT_COUNT]. */
export function listFacts(
  { slot, mode, from, size }: Head,
  { scores, mentions, named }: TextFacts,
): Float64Array {
  const facts = new Float64Array(size * FACT_COUNT);
  for (let i = 0; i < size; i++) {
    const isAlone = mode === 'many' || (slot >= 0 && i === size - 1);
    const p = named[from + i]!;
    facts.set(
      [
        scores[from + i]!,
        mentions[from + i]!.share,
        // Log odds, 0 for what is not named.
        Math.log((p + DOUBT) / (1 - p + DOUBT)) - Math.log(DOUBT / (1 + DOUBT)),
        isAlone ? 1 : 0,
      ],
      i * FACT_COUNT,
    );
  }
  return facts;
}

/**
 * The likeliest answer of those with `fewest` choices or more: what must have a value is never absent. It is as
 * probable as it would be without that, so that a choice which only the need brought about is not sure.
 */
export function readHead(
  head: Head,
  calibration: Calibration,
  text: TextFacts,
  fewest: number,
): Answer {
  const facts = listFacts(head, text);
  const calibrated = Array.from({ length: head.size }, (_, c) =>
    calibration.reduce(
      (sum, weight, i) => sum + weight * facts[c * FACT_COUNT + i]!,
      text.deepScores?.[head.from + c] ?? 0,
    ),
  );
  if (head.mode === 'many') {
    const probabilities = calibrated.map((z) => 1 / (1 + Math.exp(-z)));
    const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
    const isChosen = new Set(order.filter((i, rank) => rank < fewest || probabilities[i]! > 0.5));
    return {
      chosen: [...probabilities.keys()].filter((i) => isChosen.has(i)),
      probability: probabilities.reduce(
        (product, p, i) => product * (isChosen.has(i) ? p : 1 - p),
        1,
      ),
    };
  }
  const probabilities = softmax(calibrated);
  const absent = head.slot >= 0 ? head.size - 1 : -1;
  const given = absent > 0 && fewest > 0 ? probabilities.slice(0, absent) : probabilities;
  const best = given.indexOf(Math.max(...given));
  return { chosen: best === absent ? [] : [best], probability: probabilities[best]! };
}
