/** Money for one run: reserved before sending, settled after, so that calls in flight cannot break the cap. */
export interface Budget {
  /**
   * Waits until `estimateUsd` fits beside what is spent and reserved; undefined when it never will. The first call
   * goes alone, since it shows what calls really cost.
   */
  reserve(estimateUsd: number): Promise<Reservation | undefined>;
  spentUsd(): number;
}

export interface Reservation {
  readonly reservedUsd: number;
  /**
   * Reserves as much again, since a try that may have been charged is repeated; false when it does not fit now. It
   * does not wait: calls that wait for each other to end would never do so.
   */
  renew(): boolean;
  /** `possibleUsd`: what may have been charged without our knowing; it stays reserved. */
  settle(spentUsd: number, possibleUsd: number): void;
}

/** A budget with a cap, or without one. Units: US dollars. */
export function createBudget(capUsd: number | undefined): Budget {
  let spent = 0;
  let reserved = 0;
  let open = 0;
  let largest = 0;
  let hasSettled = false;
  let waiting: (() => void)[] = [];

  function wakeAll(): void {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  return {
    async reserve(estimateUsd) {
      for (;;) {
        // A call may cost what the dearest one did, whatever the estimate says.
        const reservedUsd = Math.max(estimateUsd, largest);
        if (capUsd === undefined || spent + reserved + reservedUsd <= capUsd) {
          const isProbing = capUsd !== undefined && !hasSettled && open > 0;
          if (!isProbing) {
            reserved += reservedUsd;
            open++;
            let held = reservedUsd;
            return {
              reservedUsd,
              renew() {
                if (capUsd !== undefined && spent + reserved + reservedUsd > capUsd) return false;
                reserved += reservedUsd;
                held += reservedUsd;
                return true;
              },
              settle(spentUsd, possibleUsd) {
                reserved += possibleUsd - held;
                spent += spentUsd;
                largest = Math.max(largest, spentUsd);
                open--;
                hasSettled = true;
                wakeAll();
              },
            };
          }
        } else if (open === 0) {
          wakeAll();
          return undefined;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    spentUsd: () => spent,
  };
}
