/** The pieces of a vocabulary as a trie over UTF-16 units, held in typed arrays. */
export interface PieceTrie {
  /** The node reached from `node` by one unit; 0 where there is none (the root, 0, is nobody's child). */
  child(node: number, unit: number): number;
  /** Id of the piece that ends at each node, or -1. */
  readonly pieceAt: Int32Array;
}

const maxNodes = 2 ** 16;

/** Builds the trie; of two equal pieces the later one counts. `pieces` are `[id, text]`. */
export function createPieceTrie(pieces: readonly (readonly [number, string])[]): PieceTrie {
  const units = pieces.reduce((sum, [, text]) => sum + text.length, 0);
  if (units >= maxNodes)
    throw new RangeError(`${units} units of text exceed the trie's 16-bit nodes`);
  // One open-addressing table of edges: key = node << 16 | unit, at most half full.
  const capacity = 2 ** Math.ceil(Math.log2(2 * units + 2));
  const shift = 32 - Math.log2(capacity);
  const keys = new Int32Array(capacity);
  const targets = new Int32Array(capacity);
  const pieceAt = new Int32Array(units + 1).fill(-1);

  function slotOf(key: number): number {
    // Fibonacci hashing: 2^32 divided by the golden ratio spreads neighbouring keys.
    let slot = Math.imul(key, 0x9e3779b1) >>> shift;
    while (targets[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  let nodes = 1;
  for (const [id, text] of pieces) {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const key = (node << 16) | text.charCodeAt(i);
      const slot = slotOf(key);
      if (targets[slot] === 0) {
        keys[slot] = key;
        targets[slot] = nodes++;
      }
      node = targets[slot]!;
    }
    pieceAt[node] = id;
  }
  return { child: (node, unit) => targets[slotOf((node << 16) | unit)]!, pieceAt };
}
