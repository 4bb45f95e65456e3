import { expect, test } from 'vitest';
import { findCircles } from './find-circles.ts';
import { readSource } from './read-source.ts';

/** Each is the other by its nature. */
const natural = [
  // A value knows the operator that made it, an operator the values that it makes.
  ['src/main/onnx/graph/graph.ts', 'src/main/onnx/graph/operator.ts'],
  // The gradient of cutting is padding, and the other way round.
  ['src/main/onnx/operators/pad.ts', 'src/main/onnx/operators/slice.ts'],
];

test('files do not import each other in circles, types included', () => {
  expect(findCircles(readSource())).toEqual(natural);
});

test('a circle is found, whoever is in it', () => {
  const files = [
    { path: 'src/shared/a.ts', source: "import { b } from './b.ts'" },
    { path: 'src/shared/b.ts', source: "import type { C } from './c/c.ts'" },
    { path: 'src/shared/c/c.ts', source: "export * from '../a.ts'" },
    { path: 'src/shared/d.ts', source: "import './a.ts'" },
    { path: 'src/shared/e.ts', source: "await import('./f.ts')" },
    { path: 'src/shared/f.ts', source: "type E = import('./e.ts').E" },
  ];
  expect(findCircles(files)).toEqual([
    ['src/shared/a.ts', 'src/shared/b.ts', 'src/shared/c/c.ts'],
    ['src/shared/e.ts', 'src/shared/f.ts'],
  ]);
  expect(findCircles(files.slice(1, 4))).toEqual([]);
});
