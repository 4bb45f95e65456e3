import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/main/lib/hash.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import type { Checkpoint } from '../../src/main/train/checkpoint.ts';
import { students } from '../../src/main/train/students/index.ts';
import type { StudentParts, TrainedStudent } from '../../src/main/train/students/student.ts';
import { once } from '../helpers/once.ts';
import { smallSet } from '../helpers/small-set.ts';

const set = smallSet(160);
const fresh = smallSet(60, 99);
const options = { seed: 5, threads: 1 };

// A busy machine needs long for a training that takes 2 s by itself.
describe.each(students)('student $id', { timeout: 120_000 }, (student) => {
  const learned = once(() => student.train(set, options, unwatched));

  test('learns, and its exported models give the trainer’s own scores', async () => {
    const trained = await learned();
    const own = await trained.score(fresh.inputs, unwatched);
    expect(countRight(own.scores)).toBeGreaterThan(55);

    const parts = trained.export(0.5);
    const full = await student.load(reader(parts), { threads: 1, variant: 'full', classCount: 4 });
    const ran = await full.score(fresh.inputs, unwatched);
    expect(largestDifference(own.scores, ran.scores)).toBeLessThan(1e-5);
    expect(ran.unseenShares).toEqual(own.unseenShares);
    await full.close();

    const int8 = await student.load(reader(parts), { threads: 1, variant: 'int8', classCount: 4 });
    const rounded = await int8.score(fresh.inputs, unwatched);
    expect(largestDifference(own.scores, rounded.scores)).toBeLessThan(0.05);
    expect(countRight(rounded.scores)).toBe(countRight(own.scores));
    await int8.close();
  });

  test('the same seed gives the same bytes, another seed others', async () => {
    const sumOf = (trained: TrainedStudent) => sha256(trained.export(1).files['model.onnx']!);
    const first = sumOf(await learned());
    expect(sumOf(await student.train(set, options, unwatched))).toBe(first);
    expect(sumOf(await student.train(set, { ...options, seed: 6 }, unwatched))).not.toBe(first);
  });

  test('cut off and begun again, it ends with the same bytes as in one go', async () => {
    const whole = sumsOf((await learned()).export(1));
    const kept: Uint8Array[] = [];
    const checkpoint: Checkpoint = {
      parts: () => [...kept],
      append: (part) => void kept.push(part.slice()),
      replace: (part) => void kept.splice(0, kept.length, part.slice()),
    };
    const controller = new AbortController();
    const cut = student.train(
      set,
      { ...options, checkpoint },
      {
        signal: controller.signal,
        report: ({ done }) => {
          if (done >= 2) controller.abort();
        },
      },
    );
    await expect(cut).rejects.toThrow(/Cancelled/);
    expect(kept.length).toBeGreaterThan(0);
    const reports: number[] = [];
    const resumed = await student.train(
      set,
      { ...options, checkpoint },
      { signal: unwatched.signal, report: ({ done }) => void reports.push(done) },
    );
    expect(sumsOf(resumed.export(1))).toEqual(whole);
    expect(Math.min(...reports)).toBeGreaterThan(0);
  });

  test('soft labels and weights count', async () => {
    const scoresOf = async (trained: TrainedStudent) =>
      (await trained.score([set.inputs[0]!], unwatched)).scores;
    const scoreFirst = async (changed: Partial<typeof set>) =>
      scoresOf(await student.train({ ...set, ...changed }, options, unwatched));
    const hard = await scoresOf(await learned());
    const half = [
      { classIndex: 0, share: 0.5 },
      { classIndex: 1, share: 0.5 },
    ];
    const soft = await scoreFirst({ targets: set.targets.map((t) => (t === 0 ? half : t)) });
    expect(soft[0]!).toBeLessThan(hard[0]!);
    expect(soft[1]!).toBeGreaterThan(hard[1]!);
    const without = await scoreFirst({ weights: set.targets.map((t) => (t === 0 ? 0 : 1)) });
    expect(without[0]!).toBeLessThan(soft[0]!);
  });
});

/** Large files are compared by their sums: element by element would take seconds. */
function sumsOf({ files }: StudentParts): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, sha256(file)]));
}

function reader({ files }: StudentParts) {
  return (path: string) => new Uint8Array(Buffer.from(files[path]!));
}

function countRight(scores: Float32Array): number {
  return fresh.targets.filter((target, row) => {
    const own = scores.subarray(row * 4, (row + 1) * 4);
    return own.indexOf(Math.max(...own)) === target;
  }).length;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}
