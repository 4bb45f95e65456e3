import type { LinearModel } from '../../students/linear/linear-model.ts';

/** A feature none of whose weights is as large decides nothing. */
const LARGEST_IDLE_WEIGHT = 0.1;

/** Leaves out features that hardly weigh. Shapes: vocabulary [F] -> [F'], weights [F, C] -> [F', C]. */
export function pruneFeatures(
  vocabulary: Uint32Array,
  { weights, biases, classCount }: LinearModel,
): { readonly vocabulary: Uint32Array; readonly model: LinearModel } {
  const kept = Array.from(vocabulary.keys()).filter((feature) =>
    weights
      .subarray(feature * classCount, (feature + 1) * classCount)
      .some((weight) => Math.abs(weight) > LARGEST_IDLE_WEIGHT),
  );
  const smaller = new Float32Array(kept.length * classCount);
  kept.forEach((feature, i) => {
    smaller.set(weights.subarray(feature * classCount, (feature + 1) * classCount), i * classCount);
  });
  return {
    vocabulary: Uint32Array.from(kept, (feature) => vocabulary[feature]!),
    model: { weights: smaller, biases, classCount },
  };
}
