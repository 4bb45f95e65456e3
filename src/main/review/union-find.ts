/** Sets of numbers 0 to n - 1 that merge; each is named by its smallest member. */
export interface UnionFind {
  find(item: number): number;
  union(a: number, b: number): void;
}

/** Union by smallest root with path halving: close to constant time an operation. @see Tarjan, "Efficiency of a good but not linear set union algorithm", 1975 */
export function createUnionFind(size: number): UnionFind {
  const parents = Uint32Array.from({ length: size }, (_, i) => i);

  function find(item: number): number {
    let root = item;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  }

  return {
    find,
    union(a, b) {
      const [x, y] = [find(a), find(b)];
      if (x < y) parents[y] = x;
      else parents[x] = y;
    },
  };
}
