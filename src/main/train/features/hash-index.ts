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
  let slots = new Int32Array(2 ** bits).fill(-1);
  let keys = new Uint32Array(2 ** (bits - 1));
  let size = 0;

  function slotOf(hash: number): number {
    const mask = slots.length - 1;
    let slot = Math.imul(hash, FIBONACCI) >>> (32 - bits);
    for (;;) {
      const index = slots[slot]!;
      if (index === -1 || keys[index] === hash) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    bits++;
    slots = new Int32Array(2 ** bits).fill(-1);
    const larger = new Uint32Array(2 ** (bits - 1));
    larger.set(keys);
    keys = larger;
    for (let index = 0; index < size; index++) slots[slotOf(keys[index]!)] = index;
  }

  return {
    get size() {
      return size;
    },
    find: (hash) => slots[slotOf(hash)]!,
    add(hash) {
      const slot = slotOf(hash);
      const known = slots[slot]!;
      if (known !== -1) return known;
      keys[size] = hash;
      slots[slot] = size++;
      if (size === keys.length) grow();
      return size - 1;
    },
    hashes: () => keys.slice(0, size),
  };
}
