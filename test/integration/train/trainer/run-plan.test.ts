import { describe, expect, it } from 'vitest';
import { forbidTelemetry } from '../../../../src/main/onnx/no-telemetry.ts';
import { float32 } from '../../../../src/main/onnx/tensor.ts';
import type { TrainingPlan } from '../../../../src/main/train/trainer/plan.ts';
import { runPlan, type TrainingHost } from '../../../../src/main/train/trainer/run-plan.ts';
import { tinyPlan, tinyPlanInHalves, tinyPlanOfSeveral } from '../../../helpers/tiny-plan.ts';

forbidTelemetry();
const watched: TrainingHost = {
  isCancelled: () => false,
  isFinishing: () => false,
  report: () => undefined,
  save: undefined,
};

/** Trains until `steps` steps are done, and gives the snapshot that was saved then. */
async function cutAfter(steps: number, plan: TrainingPlan = tinyPlan()): Promise<Uint8Array> {
  let asked = 0;
  let snapshot: Uint8Array | undefined;
  const host = { ...watched, isCancelled: () => asked++ === steps, save: keep };
  function keep(bytes: Uint8Array): void {
    snapshot = bytes;
  }
  await expect(runPlan(plan, host)).rejects.toMatchObject({ code: 'app.cancelled' });
  return snapshot!;
}

describe('a training', () => {
  it('learns, and its curve says so', async () => {
    const { curve, arrays } = await runPlan(tinyPlan(), watched);
    expect(curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(curve.at(-1)!.loss).toBeLessThan(0.7 * curve[0]!.loss);
    expect(curve.at(-1)!.validationLoss).toBeLessThan(curve[0]!.validationLoss!);
    expect(Object.keys(arrays).sort()).toEqual(['bias', 'tokens', 'weight']);
  });

  it('serves several labels a row with the binary loss', async () => {
    const plan = tinyPlanOfSeveral();
    const { arrays, curve } = await runPlan(plan, watched);
    expect(curve.at(-1)!.loss).toBeLessThan(0.3 * curve[0]!.loss);
    const { weight, bias, tokens: table } = arrays as Record<string, Float32Array>; // the plan's names
    const [width, classCount] = plan.parameters[0]!.initial.dims as [number, number]; // a matrix
    const { tokens, targets, count } = plan.examples;
    let right = 0;
    for (let row = 0; row < count; row++) {
      const ids = tokens!.ids.subarray(tokens!.starts[row], tokens!.starts[row + 1]);
      const asked = targets.classes.subarray(targets.starts[row], targets.starts[row + 1]);
      for (let c = 0; c < classCount; c++) {
        let score = bias![c]!;
        for (const id of ids)
          for (let e = 0; e < width; e++)
            score += (table![id * width + e]! * weight![e * classCount + c]!) / ids.length;
        if (score > 0 === asked.includes(c)) right++;
      }
    }
    expect(right / (count * classCount)).toBeGreaterThan(0.95);
  });

  it.each([1, 8, 20])('cut off after %i steps, ends with the same bits', async (steps) => {
    const whole = await runPlan(tinyPlan(), watched);
    const resumed = await runPlan(tinyPlan(), watched, await cutAfter(steps));
    expect(resumed).toEqual(whole);
  });

  it('does not go on from the snapshot of another plan', async () => {
    const other = tinyPlan({ seed: 12 });
    const resumed = await runPlan(other, watched, await cutAfter(8));
    expect(resumed).toEqual(await runPlan(other, watched));
    expect(resumed).not.toEqual(await runPlan(tinyPlan(), watched));
  });

  it('does not go on from the snapshot of another encoder of the same shape', async () => {
    const plan = tinyPlan();
    const [first, ...others] = plan.parameters;
    const initial = { ...first!.initial, data: first!.initial.data.map((x) => x + 0.5) };
    const other = { ...plan, parameters: [{ ...first!, initial }, ...others] };
    const resumed = await runPlan(other, watched, await cutAfter(8));
    expect(resumed).toEqual(await runPlan(other, watched));
  });

  it('keeps the epoch that was best on validation rows and stops when none gets better', async () => {
    const plan = tinyPlan({ epochs: 40, schedule: { peak: 0.5, shape: 'linear', warmUpShare: 0 } });
    const validation = { ...plan.validation!, patienceEpochs: 2 };
    const { curve } = await runPlan({ ...plan, validation }, watched);
    const losses = curve.map(({ validationLoss }) => validationLoss!);
    expect(curve.length).toBeLessThan(40);
    expect(losses.indexOf(Math.min(...losses))).toBe(curve.length - 3);
  });

  it('asked to finish, ends with the last whole epoch, and not before there is one', async () => {
    const { validation: _, ...plan } = tinyPlan();
    let steps = 0;
    await runPlan(plan, { ...watched, report: ({ total }) => (steps = total / plan.epochs) });
    const finishAfter = (count: number) => {
      let asked = 0;
      return runPlan(plan, { ...watched, isFinishing: () => asked++ >= count });
    };
    const [atOnce, inSecond, atSecond] = [
      await finishAfter(0),
      await finishAfter(steps + 3),
      await finishAfter(steps),
    ];
    expect(atOnce.endedEarly).toEqual({ epoch: 1, epochs: 6 });
    expect(inSecond.endedEarly).toEqual({ epoch: 1, epochs: 6 });
    expect(inSecond.arrays).toEqual(atOnce.arrays);
    expect(atSecond.arrays).toEqual(atOnce.arrays);
    const third = await finishAfter(2 * steps + 1);
    expect(third.endedEarly).toEqual({ epoch: 2, epochs: 6 });
    expect(third.arrays).not.toEqual(atOnce.arrays);
    expect((await runPlan(plan, watched)).endedEarly).toBeUndefined();
  });

  it('ends within an epoch where the plan says so, with a step for each part of it', async () => {
    const { validation: _, ...plan } = tinyPlan();
    const run = async (epochs: number) => {
      let steps = 0;
      const host = { ...watched, report: ({ done }: { done: number }) => (steps = done) };
      const { arrays, curve } = await runPlan({ ...plan, epochs }, host);
      return { arrays, curve, steps };
    };
    const [two, part, three] = [await run(2), await run(2.5), await run(3)];
    expect(part.steps).toBe((two.steps + three.steps) / 2);
    expect(part.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(part.curve.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(part.arrays).not.toEqual(two.arrays);
    expect((await run(2.001)).arrays).toEqual(two.arrays);
  });

  it('stops with a reason when a number is lost', async () => {
    const initial = float32([3], [Number.NaN, 0, 0]);
    const [weight] = tinyPlan().parameters;
    const broken = tinyPlan({ parameters: [weight!, { name: 'bias', initial, isDecayed: false }] });
    await expect(runPlan(broken, watched)).rejects.toMatchObject({
      code: 'train.diverged',
      message: expect.stringMatching(/loss of step 1 is not a number/),
    });
  });
});

describe('a training by an objective, in two halves', () => {
  it('is the one that the graph’s own loss makes', async () => {
    const [own, other] = [
      await runPlan(tinyPlan(), watched),
      await runPlan(tinyPlanInHalves(), watched),
    ];
    for (const name of ['weight', 'bias', 'tokens'])
      expect(distance(own.arrays[name]!, other.arrays[name]!)).toBeLessThan(1e-4);
    own.curve.forEach((point, i) => {
      expect(other.curve[i]!.loss).toBeCloseTo(point.loss, 4);
      expect(other.curve[i]!.validationLoss).toBeCloseTo(point.validationLoss!, 4);
    });
    // The measure is not blind: another seed ends elsewhere.
    const elsewhere = await runPlan(tinyPlanInHalves({ seed: 12 }), watched);
    expect(distance(own.arrays.weight!, elsewhere.arrays.weight!)).toBeGreaterThan(1e-2);
  });

  it('cut off, ends with the same bits', async () => {
    const whole = await runPlan(tinyPlanInHalves(), watched);
    const snapshot = await cutAfter(20, tinyPlanInHalves());
    expect(await runPlan(tinyPlanInHalves(), watched, snapshot)).toEqual(whole);
  });
});

function distance(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
