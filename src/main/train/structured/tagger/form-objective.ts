import type { AdamW } from '../../../onnx/optimisers/adam-w.ts';
import type { Arrays, Objective } from '../../trainer/objectives.ts';
import { createLattice } from '../crf/lattice.ts';
import type { TagSet } from '../crf/tags.ts';
import type { ChoiceHeads } from './choice-heads.ts';
import { addBinaryGradient, addSoftmaxGradient } from './head-losses.ts';

/** All heads of a form, as plain data. */
export interface FormObjectiveSpec {
  readonly kind: 'form';
  readonly tagSet: TagSet;
  readonly choices: ChoiceHeads;
}

/** The learnt parameters that the lattice reads and no graph does. */
export const transitionShapes = (tagCount: number) => ({
  transitions: [tagCount, tagCount],
  starts: [tagCount],
  ends: [tagCount],
});

/**
 * Loss of a row: cross-entropy of the frame, -ln p(tags | text, frame) under the mask of the true frame, and the
 * cross-entropies of that frame's choices; tags that are not known teach nothing. A row's first target is its frame.
 * Shapes: scores `frames` [B, F], `emissions` [B, L, T], `choices` [B, C].
 */
export function createFormObjective(
  { tagSet, choices }: FormObjectiveSpec,
  parameters: AdamW['parameters'],
): Objective {
  const { transitions, starts, ends } = parameters as Required<typeof parameters>; // transitionShapes
  const lattice = createLattice(tagSet, {
    transitions: transitions!.data,
    starts: starts!.data,
    ends: ends!.data,
  });

  return {
    evaluate(examples, rows, scores, gradients) {
      const weight = rows.reduce((sum, row) => sum + examples.weights[row]!, 0);
      const part = (arrays: Arrays, name: string, b: number) => {
        const { dims, data } = arrays[name]!; // a score of the graph, or a gradient for it
        const size = data.length / dims[0]!;
        return data.subarray(b * size, (b + 1) * size);
      };
      for (const { data } of Object.values(pickOwn(gradients ?? {}))) data.fill(0);
      const own = gradients && {
        transitions: gradients.transitions!.data,
        starts: gradients.starts!.data,
        ends: gradients.ends!.data,
      };
      let loss = 0;
      rows.forEach((row, b) => {
        const share = examples.weights[row]! / weight;
        const gradientOf = (name: string) => gradients && part(gradients, `d ${name}`, b);
        const frame = examples.targets.classes[examples.targets.starts[row]!]!;
        const frames = part(scores, 'frames', b);
        const isFrame = Float32Array.from(frames, (_, f) => (f === frame ? 1 : 0));
        loss += addSoftmaxGradient(frames, isFrame, share, gradientOf('frames'));

        const tags = listOf(examples.tags, row);
        const emissions = part(scores, 'emissions', b);
        const dEmissions = gradientOf('emissions');
        if (tags.length > 0)
          loss +=
            own && dEmissions
              ? lattice.addGradient(emissions, tags, frame, share, {
                  ...own,
                  emissions: dEmissions,
                })
              : -share * lattice.logProbability(emissions, tags, frame);

        const right = listOf(examples.choices, row);
        for (const head of choices.ofFrames[frame]!) {
          const { start, count, takesMany } = choices.heads[head]!;
          const cut = (all: Float32Array) => all.subarray(start, start + count);
          const asked = new Float32Array(count);
          for (const column of right)
            if (column >= start && column < start + count) asked[column - start] = 1;
          const add = takesMany ? addBinaryGradient : addSoftmaxGradient;
          const into = gradientOf('choices');
          loss += add(cut(part(scores, 'choices', b)), asked, share, into && cut(into));
        }
      });
      return { loss: loss * weight, weight };
    },
  };
}

/** Those that the objective writes anew. */
function pickOwn(gradients: Arrays): Arrays {
  const names = ['transitions', 'starts', 'ends', 'd frames', 'd emissions', 'd choices'];
  return Object.fromEntries(
    names.flatMap((name) => (gradients[name] ? [[name, gradients[name]]] : [])),
  );
}

function listOf(
  lists: { readonly starts: Int32Array; readonly ids: Int32Array } | undefined,
  row: number,
): Int32Array {
  return lists ? lists.ids.subarray(lists.starts[row]!, lists.starts[row + 1]!) : new Int32Array(0);
}
