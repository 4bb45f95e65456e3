import type { AdamW } from '../../../onnx/optimisers/adam-w.ts';
import type { Tensor } from '../../../onnx/tensor.ts';
import type { Objective } from '../../trainer/objective.ts';
import { createLattice, type Transitions } from '../crf/lattice.ts';
import { addBinaryGradient, addSoftmaxGradient } from './head-losses.ts';
import type { Layout } from './layout.ts';

/** The heads of a form, as plain data. */
export interface FormObjectiveSpec extends Pick<Layout, 'tagSet' | 'heads'> {
  readonly kind: 'form';
}

/** The learnt parameters that the lattice reads and no graph does. */
export const transitionShapes = (tagCount: number) => ({
  transitions: [tagCount, tagCount],
  starts: [tagCount],
  ends: [tagCount],
});

/**
 * Loss of a row: -ln p(tags | text, frame) under the mask of the true frame, and the cross-entropy of each head that
 * it answers; tags that are not known teach nothing. A row's first target is its frame.
 * Shapes: `emissions` [B, L, T], `scores` [B, columns].
 */
export function createFormObjective(
  { tagSet, heads }: FormObjectiveSpec,
  parameters: AdamW['parameters'],
): Objective {
  const lattice = createLattice(tagSet, transitionsOf(parameters));

  return {
    evaluate(examples, rows, all, gradients) {
      const weight = rows.reduce((sum, row) => sum + examples.weights[row]!, 0);
      const own = gradients && transitionsOf(gradients);
      const into = gradients && {
        emissions: gradients['d emissions']!, // the graph's outputs
        scores: gradients['d scores']!,
      };
      for (const array of own ? Object.values(own) : []) array.fill(0);
      for (const { data } of into ? Object.values(into) : []) data.fill(0);

      let loss = 0;
      rows.forEach((row, b) => {
        const share = examples.weights[row]! / weight;
        const frame = examples.targets.classes[examples.targets.starts[row]!]!;
        const tags = listOf(examples.tags, row);
        const emissions = partOf(all.emissions!, b);
        if (tags.length > 0)
          loss +=
            own && into
              ? lattice.addGradient(emissions, tags, frame, share, {
                  ...own,
                  emissions: partOf(into.emissions, b),
                })
              : -share * lattice.logProbability(emissions, tags, frame);

        const scores = partOf(all.scores!, b);
        const dScores = into && partOf(into.scores, b);
        const answers = listOf(examples.answers, row);
        for (const head of listOf(examples.asked, row)) {
          const { mode, from, size } = heads[head]!;
          const targets = new Float32Array(size);
          for (const column of answers)
            if (column >= from && column < from + size) targets[column - from] = 1;
          const cut = (columns: Float32Array) => columns.subarray(from, from + size);
          const add = mode === 'many' ? addBinaryGradient : addSoftmaxGradient;
          loss += add(cut(scores), targets, share, dScores && cut(dScores));
        }
      });
      return { loss: loss * weight, weight };
    },
  };
}

/** Values or gradients of what tags score beside their emissions. */
export function transitionsOf(arrays: Readonly<Record<string, Tensor<'float32'>>>): Transitions {
  const find = (name: keyof Transitions) => arrays[name]!.data; // transitionShapes
  return { transitions: find('transitions'), starts: find('starts'), ends: find('ends') };
}

/** What one row of a batch has. */
function partOf({ dims, data }: Tensor<'float32'>, b: number): Float32Array {
  const size = data.length / dims[0]!;
  return data.subarray(b * size, (b + 1) * size);
}

function listOf(
  lists: { readonly starts: Int32Array; readonly ids: Int32Array } | undefined,
  row: number,
): Int32Array {
  return lists ? lists.ids.subarray(lists.starts[row]!, lists.starts[row + 1]!) : new Int32Array(0);
}
