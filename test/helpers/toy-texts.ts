import { createRng } from '../../src/main/lib/rng.ts';
import type { Examples } from '../../src/main/train/trainer/example-lists.ts';
import { joinLists } from '../../src/main/train/trainer/examples.ts';

const [SAY, END] = [1, 2];

/** A prompt and what is to be said after it: the prompt's tokens, each one further in the vocabulary, and an end. */
export interface ToyText {
  readonly prompt: readonly number[];
  readonly output: readonly number[];
}

export function toyTexts(count: number, seed = 1, letters = 12): readonly ToyText[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => {
    const length = 2 + Math.floor(rng.next() * 4);
    const ids = Array.from({ length }, () => 3 + Math.floor(rng.next() * letters));
    return { prompt: [...ids, SAY], output: [...ids.map((id) => id + letters), END] };
  });
}

/** The texts as rows of a training. */
export function toToyExamples(texts: readonly ToyText[]): Examples {
  const none = {
    starts: new Int32Array(texts.length + 1),
    classes: new Int32Array(),
    shares: new Float32Array(),
  };
  return {
    count: texts.length,
    weights: new Float32Array(texts.length).fill(1),
    targets: none,
    tokens: joinLists(texts.map(({ prompt, output }) => [...prompt, ...output])),
    saidFrom: Int32Array.from(texts, ({ prompt }) => prompt.length),
  };
}
