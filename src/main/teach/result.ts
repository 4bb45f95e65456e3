import type { TeachOutcome } from '../../shared/contract/teach.ts';

export type Tally = { -readonly [Key in keyof TeachOutcome]: TeachOutcome[Key] };

/** Counts that start at nothing. */
export function createTally(): Tally {
  return {
    requested: 0,
    sent: 0,
    accepted: 0,
    malformed: 0,
    refusals: 0,
    cutOff: 0,
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
