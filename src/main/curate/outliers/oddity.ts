import type { EvidencePlace } from '../check.ts';

export type OddityKind = 'length' | 'empty' | 'damage' | 'script' | 'language' | 'gibberish';

/** One way in which a text is unlike the others. */
export interface Oddity {
  readonly kind: OddityKind;
  /** In [0, 1], 0 worst. */
  readonly score: number;
  readonly reason: string;
  readonly place?: EvidencePlace;
}

/** Half at `limit`, and quickly worse beyond it. */
export function scoreBeyond(value: number, limit: number): number {
  return 1 / (1 + (value / limit) ** 4);
}
