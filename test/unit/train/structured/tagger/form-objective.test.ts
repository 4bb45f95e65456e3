import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../../src/main/lib/rng.ts';
import { randomTensor } from '../../../../../src/main/onnx/gradient-check/operator-case.ts';
import { sizeOf, type Tensor } from '../../../../../src/main/onnx/tensor.ts';
import { toTaggerExamples } from '../../../../../src/main/train/structured/tagger/examples.ts';
import {
  createFormObjective,
  transitionShapes,
} from '../../../../../src/main/train/structured/tagger/form-objective.ts';
import { createLayout } from '../../../../../src/main/train/structured/tagger/layout.ts';
import type { Pieces } from '../../../../../src/main/train/structured/tagger/pieces.ts';
import { splitWords } from '../../../../../src/main/train/structured/words/words.ts';
import { smallFormSet, smallPlan } from '../../../../helpers/small-form-set.ts';

type Tensors = Record<string, Tensor<'float32'>>;
const L = 24;
const layout = createLayout(smallPlan);
const tagCount = layout.tagSet.count;
const rows = smallFormSet(4, 5).rows.map((row, i) => ({
  ...row,
  weight: 1 + i,
  isTagged: i !== 3,
}));
const examples = toTaggerExamples(rows, rows.map(toPieces), layout);
const order = [2, 0, 3, 1];

/** One piece a word: the objective sees words only. */
function toPieces({ input }: (typeof rows)[number]): Pieces {
  const words = splitWords(input.text);
  const wordOf = Int32Array.from(words.starts.keys());
  return { words, wordCount: wordOf.length, ids: wordOf, wordOf };
}

function createCase() {
  const rng = createRng(11);
  const make = (shapes: Readonly<Record<string, readonly number[]>>) =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, dims]) => [name, randomTensor(dims, -1, 1, rng)]),
    ) as Tensors;
  const parameters = make(transitionShapes(tagCount));
  const scores = make({
    emissions: [4, L, tagCount],
    scores: [4, layout.columnCount],
  });
  const objective = createFormObjective({ kind: 'form', ...layout }, parameters);
  return { parameters, scores, objective };
}

describe('the objective of a form', () => {
  it('gives the gradient of its loss in scores and transitions, as finite differences have it', () => {
    const { parameters, scores, objective } = createCase();
    const all: Tensors = { ...parameters, ...scores };
    const gradients = Object.fromEntries(
      Object.entries(all).map(([name, { dims }]) => [
        name in scores ? `d ${name}` : name,
        randomTensor(dims, 5, 6, createRng(1)), // what the step before left there
      ]),
    );
    objective.evaluate(examples, order, scores, gradients);
    const measure = () => {
      const { loss, weight } = objective.evaluate(examples, order, scores);
      return loss / weight;
    };
    const h = 0.02;
    for (const [name, { data }] of Object.entries(all)) {
      const own = gradients[name in scores ? `d ${name}` : name]!.data;
      for (let i = 0; i < data.length; i++) {
        const value = data[i]!;
        const at = (x: number) => {
          data[i] = x;
          return measure();
        };
        const slope =
          (at(value + h) - at(value - h)) / (Math.fround(value + h) - Math.fround(value - h));
        data[i] = value;
        expect(own[i], `${name}[${i}]`).toBeCloseTo(slope, 3);
      }
    }
  });

  it('asks the choices of the true frame only, and nothing of tags that are not known', () => {
    const { scores, objective } = createCase();
    const gradients = Object.fromEntries(
      [...Object.entries(scores), ...Object.entries(createCase().parameters)].map(
        ([name, { dims }]) => [
          name in scores ? `d ${name}` : name,
          randomTensor(dims, 0, 0, createRng(1)),
        ],
      ),
    );
    objective.evaluate(examples, order, scores, gradients);
    const touched = (name: string, place: number) => {
      const { dims, data } = gradients[name]!;
      const size = sizeOf(dims.slice(1));
      const own = data.subarray(place * size, (place + 1) * size);
      return [...own.keys()].filter((i) => own[i] !== 0);
    };
    // Places hold rows 2 (no call), 0 (order), 3 (order, not tagged), 1 (visit); columns: 3 of the frame, 4 of the
    // colour ("absent" among them), 3 of extras.
    expect(touched('d scores', 0)).toEqual([0, 1, 2]);
    expect(touched('d scores', 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(touched('d scores', 3)).toEqual([0, 1, 2]);
    expect(touched('d emissions', 2)).toEqual([]);
    // Tags: O; B and I of item, city, day, colour, extras. Choices that the text names are tagged, too.
    const tagsOf = (place: number) =>
      [...new Set(touched('d emissions', place).map((i) => i % tagCount))].sort((a, b) => a - b);
    expect(tagsOf(1)).toEqual([0, 1, 2, 5, 6, 7, 8, 9, 10]);
    expect(tagsOf(3)).toEqual([0, 3, 4, 5, 6]);
  });
});
