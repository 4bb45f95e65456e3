/** A seeded source of random numbers whose state can be saved and restored. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /** Shuffles in place (Fisher-Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  state(): RngState;
}

export type RngState = readonly [number, number, number, number];

/**
 * xoshiro128** seeded through splitmix32: fast, 128 bits of state, the same numbers on every machine.
 * @see Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021
 */
export function createRng(seed: number | RngState): Rng {
  let [a, b, c, d] = typeof seed === 'number' ? expandSeed(seed) : seed;

  function nextUint32(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  const next = () => (nextUint32() * 2 ** 21 + (nextUint32() >>> 11)) / 2 ** 53;
  const integer = (bound: number) => Math.floor(next() * bound);

  return {
    next,
    integer,
    // Box-Muller; 1 - next() keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = items[i];
        (items as { [index: number]: unknown })[i] = items[j];
        (items as { [index: number]: unknown })[j] = held;
      }
      return items;
    },
    state: () => [a, b, c, d],
  };
}

function expandSeed(seed: number): RngState {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  return [next(), next(), next(), next()];
}
