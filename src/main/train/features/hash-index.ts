/** A map from 32-bit hash to dense index, open addressing on typed arrays; indices count up from 0 in order of first sight. */
export interface HashIndex {
  readonly size: number;
  /** The index of a hash, or -1. */
  find(hash: number): number;
  /** The index of a hash, giving it the next one when it is new. */
  add(hash: number): number;
  /** All hashes in order of index. */
  hashes(): Uint32Array;
}

const FIBONACCI = 0x9e3779b1;

/** An empty index with room for `expected` hashes; it grows by itself. */
export function createHashIndex(expected: number): HashIndex {
  let bits = Math.max(4, Math.ceil(Math.log2(expected * 2 + 1)));
  // Hash and index of a slot lie side by side, so that a look-up waits for memory once; an index of -1 is a free slot.
  let slots = new Int32Array(2 ** (bits + 1)).fill(-1);
  let size = 0;

  /** Where a hash stands, or else the free slot where it would. Units: elements of `slots`. */
  function slotOf(hash: number): number {
    const mask = slots.length - 1;
    let slot = (Math.imul(hash, FIBONACCI) >>> (32 - bits)) << 1;
    while (slots[slot + 1] !== -1 && slots[slot] !== hash) slot = (slot + 2) & mask;
    return slot;
  }

  function grow(): void {
    const known = slots;
    bits++;
    slots = new Int32Array(2 ** (bits + 1)).fill(-1);
    for (let old = 0; old < known.length; old += 2) {
      if (known[old + 1] === -1) continue;
      const slot = slotOf(known[old]!);
      slots[slot] = known[old]!;
      slots[slot + 1] = known[old + 1]!;
    }
  }

  return {
    get size() {
      return size;
    },
    find: (hash) => slots[slotOf(hash | 0) + 1]!,
    add(hash) {
      const slot = slotOf(hash | 0);
      const known = slots[slot + 1]!;
      if (known !== -1) return known;
      slots[slot] = hash;
      slots[slot + 1] = size++;
      if (size * 4 > slots.length) grow();
      return size - 1;
    },
    hashes() {
      const all = new Uint32Array(size);
      for (let slot = 0; slot < slots.length; slot += 2)
        if (slots[slot + 1] !== -1) all[slots[slot + 1]!] = slots[slot]!;
      return all;
    },
  };
}
