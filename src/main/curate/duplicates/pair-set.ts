/** A growing set of pairs of numbers in typed arrays: 16 bytes a pair where a `Set` takes 50. */
export interface PairSet {
  /** Adds a pair and says whether it was new. */
  add(a: number, b: number): boolean;
  readonly size: number;
}

const MAX_LOAD = 0.6;

export function createPairSet(): PairSet {
  let capacity = 1 << 14;
  let firsts = new Int32Array(capacity).fill(-1);
  let seconds = new Int32Array(capacity);
  let size = 0;

  function slotOf(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & (capacity - 1);
    while (firsts[slot] !== -1 && (firsts[slot] !== a || seconds[slot] !== b))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  function grow(): void {
    const [oldFirsts, oldSeconds] = [firsts, seconds];
    capacity *= 2;
    firsts = new Int32Array(capacity).fill(-1);
    seconds = new Int32Array(capacity);
    for (let i = 0; i < oldFirsts.length; i++) {
      if (oldFirsts[i] === -1) continue;
      const slot = slotOf(oldFirsts[i]!, oldSeconds[i]!);
      firsts[slot] = oldFirsts[i]!;
      seconds[slot] = oldSeconds[i]!;
    }
  }

  return {
    add(a, b) {
      const [low, high] = a < b ? [a, b] : [b, a];
      const slot = slotOf(low, high);
      if (firsts[slot] !== -1) return false;
      firsts[slot] = low;
      seconds[slot] = high;
      size++;
      if (size > capacity * MAX_LOAD) grow();
      return true;
    },
    get size() {
      return size;
    },
  };
}
