/** The numbers of one AdamW step that are the same for every element. */
export interface AdamWCoefficients {
  /** Factor on the gradient, below 1 when it is clipped. */
  readonly gradientScale: number;
  /** β₁ and β₂, the memories of the two averages. */
  readonly beta1: number;
  readonly beta2: number;
  /** 1 - ηλ, the share of a parameter that weight decay leaves. */
  readonly decay: number;
  /** η / (1 - β₁ᵗ) */
  readonly stepSize: number;
  /** 1 / √(1 - β₂ᵗ) */
  readonly inverseRoot: number;
  readonly epsilon: number;
}

/**
 * The inner loops of training, on float32 in one memory. Units: positions in bytes, multiples of 16; counts in
 * elements, multiples of 4 and at least 4.
 */
export interface Kernels {
  readonly buffer: ArrayBuffer;
  /**
   * One AdamW step on the elements of a parameter p with gradient g and averages m and v.
   * @see Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, algorithm 2
   */
  adamW(p: number, g: number, m: number, v: number, count: number, by: AdamWCoefficients): void;
  /** Σ x², in double precision. */
  sumOfSquares(x: number, count: number): number;
  /** y += x */
  add(y: number, x: number, count: number): void;
  /** y += a x */
  addScaled(y: number, x: number, a: number, count: number): void;
}

/** Elements that one instruction handles; arrays are padded to whole groups of them. */
export const LANES = 4;

export function padToLanes(count: number): number {
  return Math.max(LANES, Math.ceil(count / LANES) * LANES);
}
