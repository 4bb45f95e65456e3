/** What a run of teaching did. `requested` = `sent` + `refusedByGate` + `notSent` + `unknown` of before. */
export interface TeachResult {
  readonly requested: number;
  readonly sent: number;
  readonly accepted: number;
  /** Answers that hold no usable output, refusals among them. */
  readonly malformed: number;
  readonly refusals: number;
  readonly refusedByGate: number;
  readonly failed: number;
  /** Answers that may have been charged and never came; not repeated unless asked. */
  readonly unknown: number;
  readonly notSent: number;
  readonly repaired: number;
  readonly redactions: number;
  readonly tries: number;
  readonly bytes: number;
  readonly costUsd: number;
  readonly priceAssumed: boolean;
  readonly capReached: boolean;
  readonly refusalReasons: Readonly<Record<string, number>>;
  /** Why the last question that failed did. */
  readonly lastError: string | null;
}

export type Tally = { -readonly [Key in keyof TeachResult]: TeachResult[Key] };

/** Counts that start at nothing. */
export function createTally(): Tally {
  return {
    requested: 0,
    sent: 0,
    accepted: 0,
    malformed: 0,
    refusals: 0,
    refusedByGate: 0,
    failed: 0,
    unknown: 0,
    notSent: 0,
    repaired: 0,
    redactions: 0,
    tries: 0,
    bytes: 0,
    costUsd: 0,
    priceAssumed: false,
    capReached: false,
    refusalReasons: {},
    lastError: null,
  };
}
