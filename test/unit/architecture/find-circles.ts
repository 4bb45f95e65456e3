import { posix } from 'node:path';
import type { SourceFile } from './find-violations.ts';
import { readDependencies } from './read-dependencies.ts';

/**
 * Groups of files that import each other, directly or by way of others, types included; sorted.
 * @see Tarjan, "Depth-first search and linear graph algorithms", 1972
 */
export function findCircles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const importsOf = new Map(
    files.map(({ path, source }) => [
      path,
      readDependencies(path, source)
        .imports.filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(path), specifier))
        .filter((target) => known.has(target)),
    ]),
  );
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(path: string): number {
    const own = order.size;
    order.set(path, own);
    let low = own;
    open.push(path);
    for (const target of importsOf.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target)!); // was visited
    }
    if (low === own) {
      const group = open.splice(open.indexOf(path));
      if (group.length > 1) circles.push(group.sort());
    }
    return low;
  }
  for (const { path } of files) if (!order.has(path)) visit(path);
  return circles.sort();
}
