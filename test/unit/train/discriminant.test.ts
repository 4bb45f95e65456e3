import { expect, test } from 'vitest';
import { createRng } from '../../../src/main/lib/rng.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import { fitDiscriminant } from '../../../src/main/train/students/wide-deep/discriminant.ts';

const means = [
  [1, 0],
  [-1, 0],
];
/** Both classes spread along the diagonal, so that the nearer mean is often the wrong one. */
function draw(rows: number, seed: number) {
  const rng = createRng(seed);
  const targets = Array.from({ length: rows }, (_, i) => i % 2);
  const vectors = targets.flatMap((target) => {
    const along = 3 * rng.normal();
    const [x, y] = means[target]!;
    return [x! + along + 0.3 * rng.normal(), y! + along + 0.3 * rng.normal()];
  });
  return { targets, vectors: Float32Array.from(vectors) };
}

function countRight(classify: (x: number, y: number) => number): number {
  const { targets, vectors } = draw(400, 2);
  return targets.filter((target, i) => classify(vectors[2 * i]!, vectors[2 * i + 1]!) === target)
    .length;
}

test('the shape of the classes is taken into account, and a class without rows is not chosen', async () => {
  const { targets, vectors } = draw(400, 1);
  const set = {
    classes: ['a', 'b', 'never'],
    inputs: targets.map(() => ({ text: '' })),
    targets,
    weights: targets.map(() => 1),
  };
  const { weights, biases } = await fitDiscriminant(vectors, 2, set, unwatched);
  const right = countRight((x, y) => {
    const scores = Array.from(biases, (bias, c) => bias + x * weights[c]! + y * weights[3 + c]!);
    return scores.indexOf(Math.max(...scores));
  });
  expect(right).toBeGreaterThan(340);
  expect(countRight((x) => (x > 0 ? 0 : 1))).toBeLessThan(300);
});
