import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUnionFind } from '../../../src/main/review/union-find.ts';

test('connected is what a walk along the unions reaches, and a set is named by its smallest member', () => {
  const size = 20;
  const edge = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 30 }), (edges) => {
      const sets = createUnionFind(size);
      for (const [a, b] of edges) sets.union(a, b);
      const reached = Array.from({ length: size }, (_, start) => walk(start, edges));
      for (let a = 0; a < size; a++) {
        expect(sets.find(a)).toBe(Math.min(...reached[a]!));
        for (let b = 0; b < size; b++)
          expect(sets.find(a) === sets.find(b)).toBe(reached[a]!.has(b));
      }
    }),
  );
});

function walk(start: number, edges: readonly (readonly [number, number])[]): Set<number> {
  const seen = new Set([start]);
  const queue = [start];
  for (let item = queue.pop(); item !== undefined; item = queue.pop())
    for (const [a, b] of edges)
      for (const next of a === item ? [b] : b === item ? [a] : [])
        if (!seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
  return seen;
}
