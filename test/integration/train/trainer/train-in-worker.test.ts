import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { type Progress, unwatched } from '../../../../src/main/lib/work.ts';
import { differentiate } from '../../../../src/main/onnx/autodiff.ts';
import { createGraph } from '../../../../src/main/onnx/graph/graph.ts';
import { toModel } from '../../../../src/main/onnx/graph/to-model.ts';
import { matMul } from '../../../../src/main/onnx/operators/mat-mul.ts';
import { reduceSum } from '../../../../src/main/onnx/operators/reduce-sum.ts';
import { createTensor } from '../../../../src/main/onnx/tensor.ts';
import { openCheckpoints } from '../../../../src/main/train/checkpoint.ts';
import { assertFits } from '../../../../src/main/train/trainer/memory.ts';
import type { TrainingPlan } from '../../../../src/main/train/trainer/plan.ts';
import { runPlan } from '../../../../src/main/train/trainer/run-plan.ts';
import { trainInWorker } from '../../../../src/main/train/trainer/train-in-worker.ts';
import { tinyPlan } from '../../../helpers/tiny-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-trainer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const options = { message: 'Training' };
const here = {
  isCancelled: () => false,
  isFinishing: () => false,
  report: () => undefined,
  save: undefined,
};

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

it('cancelled within a long step, answers at once, keeps the process alive and saves the step when it ends', async () => {
  const kept: Uint8Array[] = [];
  const checkpoint = {
    parts: () => kept,
    append: () => undefined,
    replace: (part: Uint8Array) => void kept.push(part),
  };
  const controller = new AbortController();
  const work = { signal: controller.signal, report: () => controller.abort() };
  const cut = trainInWorker(slowPlan(), { ...options, checkpoint, patienceMs: 0 }, work);
  await expect(cut).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(kept).toHaveLength(0); // the step is still under way
  await expect.poll(() => kept.length, { timeout: 20_000 }).toBe(1);
});

it('asked to finish before it starts, ends after one epoch if such a wish concerns it, else not', async () => {
  const work = { ...unwatched, finish: { signal: AbortSignal.abort() } };
  const heeding = await trainInWorker(tinyPlan(), { ...options, heedsEarlierWish: true }, work);
  expect(heeding.endedEarly).toEqual({ epoch: 1, epochs: 6 });
  expect((await trainInWorker(tinyPlan(), options, work)).endedEarly).toBeUndefined();
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

/** Steps of some tenths of a second: a chain of large products. */
function slowPlan(): TrainingPlan {
  const plan = tinyPlan();
  const dims = [640, 640];
  const graph = createGraph('slow');
  const weight = graph.input('weight', 'float32', dims);
  let product = weight;
  for (let i = 0; i < 8; i++) product = matMul(product, weight);
  const loss = reduceSum(product, undefined, false);
  graph.output('loss', loss);
  graph.output('d weight', differentiate(loss, [weight])[0]!);
  const model = toModel(graph);
  const initial = createTensor('float32', dims, new Float32Array(640 ** 2).fill(1e-3));
  const { tokenTable: _, validation: __, ...rest } = plan;
  return {
    ...rest,
    buckets: [{ length: 8, training: model, scoring: model, activationBytes: 1e8 }],
    parameters: [{ name: 'weight', initial, isDecayed: false }],
  };
}
