import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Speed } from '../../shared/contract/evaluate.ts';
import type { Input, Predictor } from '../../shared/domain/prediction.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import { quantile } from '../lib/statistics/bootstrap.ts';
import type { Work } from '../lib/work.ts';

const WARM_UP = 20;
const SINGLE = 200;
const BATCH = 256;
const BATCH_BUDGET_MS = 500;

/** How long one text takes, and how many a second go through in batches, after warming up. */
export async function measureSpeed(
  predictor: Predictor,
  inputs: readonly Input[],
  work: Work,
): Promise<Speed> {
  const at = (i: number) => inputs[i % inputs.length]!;
  for (let i = 0; i < WARM_UP; i++) await predictor.predict([at(i)]);
  const times: number[] = [];
  for (let i = 0; i < SINGLE; i++) {
    const start = performance.now();
    await predictor.predict([at(i)]);
    times.push(performance.now() - start);
    if (i % 10 === 0) await setImmediate();
    throwIfCancelled(work.signal);
  }
  const batch = Array.from({ length: BATCH }, (_, i) => at(i));
  let rows = 0;
  let batchMs = 0;
  while (batchMs < BATCH_BUDGET_MS && rows < 20 * BATCH) {
    const start = performance.now();
    await predictor.predict(batch);
    batchMs += performance.now() - start;
    rows += BATCH;
    throwIfCancelled(work.signal);
    await setImmediate();
  }
  const sorted = Float64Array.from(times).sort();
  return {
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    batchPerSecond: (rows / batchMs) * 1_000,
  };
}

/** Bytes of all files of a folder. */
export function folderSizeBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
