import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unwatched } from '../../../../src/main/lib/work.ts';
import { forbidTelemetry } from '../../../../src/main/onnx/no-telemetry.ts';
import type { ParameterSpec } from '../../../../src/main/onnx/optimisers/parameter-memory.ts';
import { createSession, type Session } from '../../../../src/main/onnx/session.ts';
import { createTensor, int64, type Tensor } from '../../../../src/main/onnx/tensor.ts';
import { type Decoder, readDecoder } from '../../../../src/main/train/backbones/decoder/decoder.ts';
import { gatherRows } from '../../../../src/main/train/backbones/token-batch.ts';
import { assertFits } from '../../../../src/main/train/trainer/memory.ts';
import { runPlan, type TrainingHost } from '../../../../src/main/train/trainer/run-plan.ts';
import { freshAdapters, mergeAdapters } from '../../../../src/main/train/writer/adapters.ts';
import { planAdapters } from '../../../../src/main/train/writer/fit-adapters.ts';
import { createGenerator } from '../../../../src/main/train/writer/generate.ts';
import { createWriterBucket, frozenOf } from '../../../../src/main/train/writer/graphs.ts';
import { measurePerplexity } from '../../../../src/main/train/writer/perplexity.ts';
import type { WriterSettings } from '../../../../src/main/train/writer/settings.ts';
import { makeDecoder } from '../../../fixtures/decoders/make-decoder.ts';
import { toToyExamples, toyTexts } from '../../../helpers/toy-texts.ts';

forbidTelemetry();
const watched: TrainingHost = {
  isCancelled: () => false,
  isFinishing: () => false,
  report: () => undefined,
  save: undefined,
};
const fixture = (name: string) => new URL(`../../../fixtures/decoders/${name}`, import.meta.url);
const settings: WriterSettings = {
  rank: 8,
  alpha: 16,
  dropout: 0,
  epochs: 40,
  learningRate: 4e-3,
  patienceEpochs: 40,
};

/** Feeds of one batch [2, L] whose places say other tokens than those that follow. */
function feedsOf(
  { embeddings }: Decoder,
  ids: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): Record<string, Tensor> {
  const [length, width] = [ids[0]!.length, embeddings.dims[1]!];
  const flat = Int32Array.from(ids.flat());
  const rows = new Float32Array(flat.length * width);
  const mask = new Float32Array(flat.length).fill(1);
  gatherRows(embeddings, { batch: ids.length, length, ids: flat, mask }, rows);
  const all = targets.flat();
  return {
    rows: createTensor('float32', [ids.length, length, width], rows),
    places: int64(
      [all.length],
      all.map((_, place) => place),
    ),
    next: int64(
      [all.length],
      all.map((id) => Math.max(id, 0)),
    ),
    tokenWeights: createTensor(
      'float32',
      [all.length],
      Float32Array.from(all, (id) => (id < 0 ? 0 : 1)),
    ),
  };
}

async function openTraining(
  decoder: Decoder,
  adapters: readonly ParameterSpec[],
  rank: number,
  length: number,
) {
  const bucket = await createWriterBucket(decoder, adapters, length, {
    batchSize: 2,
    slots: 2 * length,
    settings: { rank, alpha: rank, dropout: 0 },
  });
  return createSession(bucket.training, { threads: 1 });
}

const run = (session: Session, feeds: Readonly<Record<string, Tensor>>) =>
  session.run(Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!])));

describe('gradients of adapters', () => {
  // With A the identity and B zero, the gradient of B is that of the matrix itself.
  it.each(['llama-opset14', 'gpt2-opset16'])('are those that PyTorch gives: %s', async (name) => {
    const oracle = JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')) as {
      ids: number[][];
      targets: number[][];
      loss: number;
      gradientOfFirstDown: { dims: number[]; values: number[] };
    };
    const decoder = await readDecoder(new Uint8Array(readFileSync(fixture(`${name}.onnx`))));
    const { dims, values } = oracle.gradientOfFirstDown;
    const [rank] = dims as [number];
    const down = decoder.adaptable.find(
      (product) => decoder.products.get(product)!.dims[0] === rank,
    )!;
    const one = { ...decoder, adaptable: [down] };
    const adapters = freshAdapters(one, { rank, alpha: rank, dropout: 0 }, 1);
    const [a, b] = adapters.map(({ initial }) => initial) as [Tensor<'float32'>, Tensor<'float32'>];
    a.data.fill(0);
    for (let i = 0; i < rank; i++) a.data[i * rank + i] = 1;
    const session = await openTraining(one, adapters, rank, 5);
    const found = await run(session, {
      ...frozenOf(one),
      ...feedsOf(one, oracle.ids, oracle.targets),
      [`${down}.A`]: a,
      [`${down}.B`]: b,
    });
    await session.close();
    expect(Number(found.loss!.data[0])).toBeCloseTo(oracle.loss, 5);
    const largest = Math.max(...values.map(Math.abs));
    const gradient = found[`d ${down}.B`]!.data as Float32Array;
    expect(gradient).toHaveLength(values.length);
    for (const [i, value] of values.entries())
      expect(Math.abs(gradient[i]! - value) / largest, String(i)).toBeLessThan(1e-5);
  });

  it.each([
    {},
    { isPacked: true },
    { attention: 'rotated', turnedShare: 0.5 },
    { attention: 'multi-head', silu: 'QuickGelu' },
  ] as const)('are those of finite differences: %j', async (style) => {
    const decoder = await readDecoder(makeDecoder(style));
    const rank = 3;
    const adapters = freshAdapters(decoder, { rank, alpha: rank, dropout: 0 }, 1);
    for (const { initial } of adapters)
      initial.data.forEach((_, i) => {
        initial.data[i] = 0.3 * Math.sin(i * 1.7 + initial.data.length);
      });
    const session = await openTraining(decoder, adapters, rank, 4);
    const feeds = feedsOf(
      decoder,
      [
        [3, 4, 5, 6],
        [9, 8, 7, 6],
      ],
      [
        [-1, 5, 6, 7],
        [-1, -1, 40, 50],
      ],
    );
    const parameters = Object.fromEntries(adapters.map(({ name, initial }) => [name, initial]));
    const at = (changed: Readonly<Record<string, Tensor>>) =>
      run(session, { ...frozenOf(decoder), ...feeds, ...parameters, ...changed });
    const found = await at({});
    for (const { name, initial } of adapters) {
      // Along the gradient itself the loss rises by its norm.
      const gradient = found[`d ${name}`]!.data as Float32Array;
      const norm = Math.hypot(...gradient);
      const step = 1e-2 / norm;
      const moved = async (sign: number) => {
        const data = initial.data.map((value, i) => value + sign * step * gradient[i]!);
        const { loss } = await at({ [name]: createTensor('float32', initial.dims, data) });
        return Number(loss!.data[0]);
      };
      const slope = ((await moved(1)) - (await moved(-1))) / (2 * step * norm);
      expect(norm, name).toBeGreaterThan(0);
      expect(Math.abs(slope - norm), name).toBeLessThan(0.02 * Math.max(norm, 0.02));
    }
    await session.close();
  });
});

describe('a decoder with adapters', () => {
  it('learns a rewriting, says it by itself, and is the same once merged', async () => {
    const bytes = makeDecoder();
    const decoder = await readDecoder(bytes);
    const texts = toyTexts(24);
    const plan = await planAdapters(decoder, toToyExamples(texts), undefined, {
      settings,
      seed: 1,
      threads: 1,
    });
    const { arrays, curve } = await runPlan(plan, watched);
    expect(curve[0]!.loss).toBeGreaterThan(3);
    expect(curve.at(-1)!.loss).toBeLessThan(0.05);

    const merged = decoder.withAdded(mergeAdapters(decoder, settings, arrays));
    const limits = { stopIds: [2], mostTokens: 8 };
    const rows = texts.map(({ prompt, output }) => ({
      ids: [...prompt, ...output],
      saidFrom: prompt.length,
    }));
    const generator = await createGenerator(merged, { ...decoder, threads: 1 });
    for (const { prompt, output } of texts) {
      const written = await generator.write(prompt, limits);
      expect(written).toMatchObject({ ids: output.slice(0, -1), isWhole: true });
    }
    expect(await measurePerplexity(generator, rows, unwatched)).toBeLessThan(1.05);
    await generator.close();

    const untaught = await createGenerator(bytes, { ...decoder, threads: 1 });
    expect((await untaught.write(texts[0]!.prompt, limits)).ids).not.toEqual(
      texts[0]!.output.slice(0, -1),
    );
    expect(await measurePerplexity(untaught, rows, unwatched)).toBeGreaterThan(20);
    await untaught.close();
  }, 120_000);

  it('cut off and resumed, ends with the same bits, whatever is dropped', async () => {
    const decoder = await readDecoder(makeDecoder());
    const short = { ...settings, epochs: 3, dropout: 0.3 };
    const plan = await planAdapters(
      decoder,
      toToyExamples(toyTexts(24)),
      toToyExamples(toyTexts(8, 2)),
      {
        settings: short,
        seed: 1,
        threads: 1,
      },
    );
    const whole = await runPlan(plan, watched);
    let asked = 0;
    let snapshot: Uint8Array | undefined;
    const cut = {
      ...watched,
      isCancelled: () => asked++ === 5,
      save: (bytes: Uint8Array) => {
        snapshot = bytes;
      },
    };
    await expect(runPlan(plan, cut)).rejects.toMatchObject({ code: 'app.cancelled' });
    const resumed = await runPlan(plan, watched, snapshot);
    expect(resumed.arrays).toEqual(whole.arrays);
    expect(resumed.curve).toEqual(whole.curve);
    const other = await runPlan({ ...plan, seed: 2 }, watched);
    expect(other.arrays).not.toEqual(whole.arrays);
  }, 60_000);

  it('says what it needs where there is too little memory', async () => {
    const decoder = await readDecoder(makeDecoder());
    const plan = await planAdapters(decoder, toToyExamples(toyTexts(8)), undefined, {
      settings,
      seed: 1,
      threads: 1,
    });
    assertFits(plan);
    const frozenBytes = [...decoder.products.values()].reduce(
      (sum, { data }) => sum + data.byteLength,
      0,
    );
    expect(() => assertFits(plan, frozenBytes)).toThrow(/needs about .* MB of memory/u);
  });
});

describe('writing', () => {
  it.each([
    ['a decoder of fused attention', () => makeDecoder()],
    ['one of plain operators', () => new Uint8Array(readFileSync(fixture('llama-opset14.onnx')))],
  ])('with what is kept says what reading all anew says: %s', async (_, make) => {
    const bytes = make();
    const decoder = await readDecoder(bytes);
    const generator = await createGenerator(bytes, { ...decoder, threads: 1 });
    const prompt = [5, 9, 14, 3];
    const { ids, isWhole, meanLogProbability } = await generator.write(prompt, {
      stopIds: [],
      mostTokens: 12,
    });
    expect(ids).toHaveLength(12);
    expect(isWhole).toBe(false);
    // Each token anew: it is the likeliest after all before it.
    let sum = 0;
    for (let i = 0; i < ids.length; i++) {
      const before = [...prompt, ...ids.slice(0, i)];
      const own = await generator.logProbability([...before, ids[i]!], before.length);
      sum += own;
      for (let id = 0; id < 96; id += 7)
        expect(await generator.logProbability([...before, id], before.length)).toBeLessThanOrEqual(
          own + 1e-5,
        );
    }
    expect(sum / ids.length).toBeCloseTo(meanLogProbability, 4);
    await generator.close();
  });
});
