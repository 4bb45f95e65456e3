import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { type Progress, unwatched } from '../../../../src/main/lib/work.ts';
import { openCheckpoints } from '../../../../src/main/train/checkpoint.ts';
import { assertFits } from '../../../../src/main/train/trainer/memory.ts';
import { runPlan } from '../../../../src/main/train/trainer/run-plan.ts';
import { trainInWorker } from '../../../../src/main/train/trainer/train-in-worker.ts';
import { tinyPlan } from '../../../helpers/tiny-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-trainer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const options = { message: 'Training' };
const here = { isCancelled: () => false, report: () => undefined, save: undefined };

it('gives in a thread what it gives here, and leaves the caller free', async () => {
  let turns = 0;
  let isDone = false;
  const training = trainInWorker(tinyPlan(), options, unwatched).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await setImmediate();
    turns++;
  }
  expect(await training).toEqual(await runPlan(tinyPlan(), here));
  expect(turns).toBeGreaterThan(20);
});

it('tells how far it is, stops within 2 s when cancelled, and goes on from there', async () => {
  const plan = tinyPlan({ epochs: 2_000 });
  const checkpoint = openCheckpoints(folder).of('cancelled');
  const controller = new AbortController();
  const told: Progress[] = [];
  let cancelledMs = 0;
  const report = (progress: Progress) => {
    told.push(progress);
    if (progress.done < 100 || cancelledMs > 0) return;
    cancelledMs = performance.now();
    controller.abort();
  };
  const work = { signal: controller.signal, report };
  const cut = trainInWorker(plan, { ...options, checkpoint }, work);
  await expect(cut).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(performance.now() - cancelledMs).toBeLessThan(2_000);
  expect(told[0]!.message).toMatch(/^Training: epoch 1 of 2000, loss \d/);
  expect(told.at(-1)!.details).toMatchObject({ secondsLeft: expect.any(Number) });
  expect(readdirSync(join(folder, 'cancelled'))).toHaveLength(1);

  let first: number | undefined;
  const again = new AbortController();
  const resumed = trainInWorker(
    plan,
    { ...options, checkpoint },
    {
      signal: again.signal,
      report: ({ done }) => {
        first ??= done;
        again.abort();
      },
    },
  );
  await expect(resumed).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(first).toBeGreaterThan(100);
});

it('hands on the reason when the training fails', async () => {
  const [weight, bias] = tinyPlan().parameters;
  const initial = { ...bias!.initial, data: new Float32Array(3).fill(Number.NaN) };
  const plan = tinyPlan({ parameters: [weight!, { ...bias!, initial }] });
  await expect(trainInWorker(plan, options, unwatched)).rejects.toMatchObject({
    code: 'train.diverged',
  });
});

it('refuses what does not fit into memory before it starts, and says how much is needed', () => {
  expect(() => assertFits(tinyPlan(), 100_000)).toThrow(/needs about 1 MB .* Nothing was started/);
  expect(() => assertFits(tinyPlan(), 1e9)).not.toThrow();
});
