import type { Store } from '../store/store.ts';

const ROWS_A_STEP = 500;
const STEP_PAUSE_MS = 15;
const IDLE_PAUSE_MS = 2_000;

/** Keeps the full-text index up to date in the background, in steps that nobody notices; returns how to stop. */
export function startIndexing(store: Store, isBusy: () => boolean): () => void {
  if (store.isReadOnly) return () => undefined;
  let timer: NodeJS.Timeout;
  const step = () => {
    const hasMore = !isBusy() && !store.isWriting() && store.search.fill(ROWS_A_STEP);
    timer = setTimeout(step, hasMore ? STEP_PAUSE_MS : IDLE_PAUSE_MS);
  };
  timer = setTimeout(step, STEP_PAUSE_MS);
  return () => clearTimeout(timer);
}
