/** One epoch, on one core that does nothing else. */
export const SECONDS_PER_ROW = 0.006;

const MOST_EPOCHS = 5;
const FEWEST_EPOCHS = 3.4;
/** What is shown so many rows, some of them again, has seen enough (docs/benchmarks.md). */
const ENOUGH_ROWS_SHOWN = 45_000;

/** How often the encoder sees all rows, the last time maybe only a part: the more there are, the less often. */
export function fullEpochs(rows: number): number {
  return Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, ENOUGH_ROWS_SHOWN / rows));
}

/** How often it sees how many of the rows: all of it, or what the budget allows. */
export function planTuning(rows: number, budgetSeconds = Number.POSITIVE_INFINITY) {
  const affordable = Math.floor(budgetSeconds / SECONDS_PER_ROW);
  return {
    epochs: Math.max(1, Math.min(fullEpochs(rows), Math.floor(affordable / rows))),
    rows: Math.max(1, Math.min(rows, affordable)),
  };
}
