import type { Input } from '../../../../shared/domain/prediction.ts';
import type { Work } from '../../../lib/work.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import { createEncoder } from '../../backbones/encoder.ts';

/** By encoder, its vectors as it is, kept while their inputs are: a row is trained on several times. */
const vectorsOf = new Map<string, WeakMap<Input, Float32Array>>();

/** The sentence vector of each input. Shapes: [N, S]. */
export async function embedOnce(
  backbone: Backbone,
  inputs: readonly Input[],
  toText: (input: Input) => string,
  threads: number,
  work: Work,
): Promise<Float32Array> {
  const width = backbone.sentenceWidth;
  const encoderHash = backbone.provenance.sha256;
  const known = vectorsOf.get(encoderHash) ?? new WeakMap<Input, Float32Array>();
  vectorsOf.set(encoderHash, known);
  const fresh = inputs.filter((input) => !known.has(input));
  if (fresh.length > 0) {
    const encoder = await createEncoder(backbone, { threads });
    const vectors = await encoder
      .embed(fresh.map(toText), { signal: work.signal, report: () => undefined })
      .finally(() => encoder.close());
    fresh.forEach((input, i) => {
      known.set(input, vectors.slice(i * width, (i + 1) * width));
    });
  }
  const all = new Float32Array(inputs.length * width);
  inputs.forEach((input, i) => {
    all.set(known.get(input)!, i * width); // just computed, or before
  });
  return all;
}
